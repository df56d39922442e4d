import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { startService } from './support/service.js';
import { median, percentile } from './support/statistics.js';
import { serveTokens } from './support/token-stream.js';

/*
 * What the service adds to the time until a stream's first token, against the same provider called directly, and
 * whether many streams at once all keep flowing.
 */

const ROUNDS = 200;
const WARM_UP = 50;
const STREAMS = 200;
/** A gap between two tokens of one stream that counts as a stall; the provider leaves 20 ms. */
const STALL_MS = 1000;
const STUB = 'stub';

interface Endpoint {
  readonly url: string;
  readonly body: string;
}

/** One stream, as its client saw it. */
interface Watched {
  /** Of the answer; 503 where the service has too much to do. */
  readonly status: number;
  readonly firstTokenMs: number;
  readonly longestGapMs: number;
  readonly tokens: number;
  readonly isWhole: boolean;
}

/** Reads a stream to its end. */
async function watch({ url, body }: Endpoint): Promise<Watched> {
  const startedAt = performance.now();
  const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const arrivals: number[] = [];
  let text = '';
  for await (const chunk of response) {
    const now = performance.now();
    text += String(chunk);
    // A chunk may hold several tokens; what counts is when they come.
    if (String(chunk).includes('"content"')) arrivals.push(now);
  }
  const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? at));
  return {
    status: response.statusCode ?? 0,
    firstTokenMs: (arrivals[0] ?? NaN) - startedAt,
    longestGapMs: Math.max(0, ...gaps),
    tokens: text.match(/"content":"token/gu)?.length ?? 0,
    isWhole: text.includes('[DONE]') || text.includes('event: done'),
  };
}

async function compareFirstTokens(direct: Endpoint, service: Endpoint): Promise<void> {
  const times = { direct: [] as number[], service: [] as number[] };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const one = await watch(direct);
    const other = await watch(service);
    if (round < 0) continue;
    times.direct.push(one.firstTokenMs);
    times.service.push(other.firstTokenMs);
  }
  const show = (values: readonly number[]) =>
    `median ${median(values).toFixed(2)} ms, 95th percentile ${percentile(values, 0.95).toFixed(2)} ms`;
  console.log(`first token, ${ROUNDS} alternating rounds`);
  console.log(`  provider directly  ${show(times.direct)}`);
  console.log(`  through us         ${show(times.service)}`);
  console.log(`  added              median ${(median(times.service) - median(times.direct)).toFixed(2)} ms`);
}

async function streamManyAtOnce(service: Endpoint): Promise<void> {
  const all = await Promise.all(Array.from({ length: STREAMS }, () => watch(service)));
  const streams = all.filter(({ status }) => status === 200);
  const gaps = streams.map(({ longestGapMs }) => longestGapMs);
  const firsts = streams.map(({ firstTokenMs }) => firstTokenMs);
  const stalled = streams.filter(({ longestGapMs, isWhole }) => longestGapMs > STALL_MS || !isWhole);
  console.log(`${STREAMS} streams at once`);
  console.log(
    `  refused            ${all.length - streams.length} (by a status, before anything was streamed)`,
  );
  console.log(`  whole              ${streams.filter(({ isWhole }) => isWhole).length}`);
  console.log(`  stalled            ${stalled.length} (a gap over ${STALL_MS} ms, or no end)`);
  console.log(
    `  first token        median ${median(firsts).toFixed(0)} ms, longest ${Math.max(...firsts).toFixed(0)} ms`,
  );
  console.log(
    `  longest gap        median ${median(gaps).toFixed(0)} ms, longest ${Math.max(...gaps).toFixed(0)} ms`,
  );
}

async function measure(): Promise<void> {
  const stub = fork(fileURLToPath(import.meta.url), [STUB], { execArgv: process.execArgv });
  const [port] = (await once(stub, 'message')) as [number];
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const service = await startService({
    OPENAI_API_KEY: 'none',
    OPENAI_BASE_URL: baseUrl,
    EMBEDDING_MODEL: 'local-lexical',
    PROVIDER_MAX_CONCURRENCY: String(STREAMS),
  });
  const ofService = (prompt: string): Endpoint => ({
    url: `${service.url}/api/v1/analysis/generate`,
    body: JSON.stringify({ prompt, stream: true, model: 'gpt-4o-mini' }),
  });
  const direct: Endpoint = {
    url: `${baseUrl}/chat/completions`,
    body: JSON.stringify({
      model: 'gpt-4o-mini',
      stream: true,
      messages: [{ role: 'user', content: 'short' }],
    }),
  };
  try {
    await compareFirstTokens(direct, ofService('short'));
    await streamManyAtOnce(ofService('long'));
  } finally {
    await service.stop();
    stub.kill();
  }
}

if (process.argv[2] === STUB) process.send?.(await serveTokens());
else await measure();
