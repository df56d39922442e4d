import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Tokens of a `long` answer, and the time between two of them. Any other has two, at once. */
const LONG = { tokens: 50, everyMs: 20 };
const SHORT = { tokens: 2, everyMs: 0 };

/** A provider that speaks OpenAI's protocol and only streams. @returns its port */
export async function serveTokens(): Promise<number> {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { tokens, everyMs } = body.includes('"long"') ? LONG : SHORT;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let token = 0; token < tokens && !response.destroyed; token += 1) {
    if (token > 0 && everyMs > 0) await sleep(everyMs);
    response.write(chunk([{ index: 0, delta: { content: `token${token} ` }, finish_reason: null }]));
  }
  response.write(chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]));
  response.write(chunk([], { prompt_tokens: 1, completion_tokens: tokens, total_tokens: tokens + 1 }));
  response.end('data: [DONE]\n\n');
}

function chunk(choices: unknown[], usage: unknown = null): string {
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o-mini' };
  return `data: ${JSON.stringify({ ...head, choices, usage })}\n\n`;
}
