/** An event as it came. */
export interface ReceivedEvent {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Reads server-sent events until the stream ends; comments are left out. */
export async function* receiveEvents(url: string, signal: AbortSignal): AsyncGenerator<ReceivedEvent> {
  const response = await fetch(url, { signal });
  if (response.body === null || !response.ok) throw new Error(`There is no stream: ${response.status}`);
  let text = '';
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/u.exec(block) ?? [];
      if (event !== undefined && data !== undefined) {
        yield { event, data: JSON.parse(data) as Record<string, unknown> };
      }
    }
  }
}
