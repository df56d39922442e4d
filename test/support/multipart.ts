/** A file in a form. */
export interface FormFile {
  /** Of the field; `file` unless told. */
  readonly field?: string;
  readonly name: string;
  readonly content: string | Buffer;
  readonly mediaType?: string;
}

const BOUNDARY = 'x-ml-service-boundary';

/** A `multipart/form-data` body, byte by byte, and its headers. */
export function encodeMultipart(fields: Readonly<Record<string, string>>, files: readonly FormFile[] = []) {
  const parts = [
    ...Object.entries(fields).map(([name, value]) => encodePart(`name="${name}"`, [], value)),
    ...files.map(({ field = 'file', name, content, mediaType = 'application/octet-stream' }) =>
      encodePart(`name="${field}"; filename="${name}"`, [`Content-Type: ${mediaType}`], content),
    ),
  ];
  return {
    body: Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  };
}

function encodePart(disposition: string, headers: readonly string[], content: string | Buffer): Buffer {
  const head = [`--${BOUNDARY}`, `Content-Disposition: form-data; ${disposition}`, ...headers, '', ''];
  return Buffer.concat([Buffer.from(head.join('\r\n')), Buffer.from(content), Buffer.from('\r\n')]);
}
