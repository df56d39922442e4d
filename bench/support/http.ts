/** Posts JSON and returns the answer's JSON. @throws Error for any status but 200 */
export function postJson<Answer>(url: string, body: object): Promise<Answer> {
  return postBody(url, JSON.stringify(body));
}

/** The same for JSON that is a text already. */
export async function postBody<Answer>(url: string, body: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`${response.status} from ${url}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Posts a file with these fields, and returns the status and the answer's JSON. */
export async function postFile(
  url: string,
  name: string,
  content: Uint8Array<ArrayBuffer>,
  fields: Readonly<Record<string, string>>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new Blob([content]), name);
  const response = await fetch(url, { method: 'POST', body: form });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
