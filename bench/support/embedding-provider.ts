import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { passageVector, queryVector } from './synthetic-vectors.js';

/** Passages whose vectors are kept, so that the provider needs no time for them. */
const KEPT_PASSAGES = 110_000;

export interface EmbeddingProvider {
  readonly variables: Record<string, string>;
  stop(): void;
}

/**
 * A provider in a process of its own that speaks OpenAI's protocol: texts that begin with `Passage 7` and `Query 7`
 * have the vectors of these numbers. @param passages whose vectors are ready before it answers
 */
export async function startEmbeddingProvider(passages: number): Promise<EmbeddingProvider> {
  const child = fork(fileURLToPath(import.meta.url), [String(Math.min(passages, KEPT_PASSAGES))], {
    execArgv: process.execArgv,
  });
  const [port] = (await once(child, 'message')) as [number];
  return {
    variables: {
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      EMBEDDING_MODEL: 'text-embedding-3-small',
    },
    stop: () => {
      child.kill();
    },
  };
}

async function serve(passages: number): Promise<void> {
  const kept = Array.from({ length: passages }, (_, number) => base64(passageVector(number)));
  const server = createServer((request, response) => void answer(request, response, kept));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.((server.address() as AddressInfo).port);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  kept: readonly Buffer[],
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { input, model } = JSON.parse(Buffer.concat(parts).toString()) as { input: string[]; model: string };
  const usage = { prompt_tokens: input.length, total_tokens: input.length };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    Buffer.concat([
      Buffer.from('{"object":"list","data":['),
      ...input.flatMap((text, index) => [
        Buffer.from(`${index === 0 ? '' : ','}{"object":"embedding","index":${index},"embedding":"`),
        embed(text, kept),
        Buffer.from('"}'),
      ]),
      Buffer.from(`],"model":${JSON.stringify(model)},"usage":${JSON.stringify(usage)}}`),
    ]),
  );
}

/** In base64, as it stands in the answer: writing that takes no time from what is measured. */
function embed(text: string, kept: readonly Buffer[]): Buffer {
  const [, kind, digits] = /^(Passage|Query) (\d+)/u.exec(text) ?? [];
  const number = Number(digits);
  if (kind === 'Query') return base64(queryVector(number));
  return kept[number] ?? base64(passageVector(number));
}

function base64(vector: Float32Array): Buffer {
  return Buffer.from(Buffer.from(vector.buffer).toString('base64'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve(Number(process.argv[2]));
