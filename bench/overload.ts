import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { indexing } from '../test/support/sample-documents.js';
import { COLLECTION, DOCUMENTS, isMix, mixedRequests } from './overload/mix.js';
import { postJson } from './support/http.js';
import type { Arrival } from './support/open-loop.js';
import { startService } from './support/service.js';
import { percentile } from './support/statistics.js';

/*
 * What becomes of requests when ten times as many come as the service can answer:
 * `npm run bench:overload [seconds] [search | mixed]`. The load comes from a process of its own, and takes its share of
 * the processors, and so does a database at `DATABASE_URL`, which gets as many connections as it can use of them.
 */

const SECONDS = Number(process.argv[2] ?? 30);
const [, , , mix = 'search'] = process.argv;
const CALM_SECONDS = 10;
const CLIENTS = 16;
const CALM_SHARE = 0.5;
const OVERLOAD = 10;
/** Until when a refusal is in time. */
const PROMPT_MS = 50;
const GENERATOR = fileURLToPath(new URL('./overload/generator.ts', import.meta.url));
const MEBIBYTE = 1024 * 1024;

if (!isMix(mix)) throw new Error(`There is no mix ${mix}.`);
const kind = mix;
const database = process.env['DATABASE_URL'];
const service = await startService(
  database === undefined
    ? {}
    : { DATABASE_URL: database, DATABASE_POOL_SIZE: String(availableParallelism()) },
);
const memory: number[] = [];
const sampling = setInterval(() => memory.push(residentBytes()), 200);
try {
  await postJson(`${service.url}/api/v1/rag/index`, indexing(COLLECTION, DOCUMENTS));
  await capacity(5);
  const perSecond = await capacity(CALM_SECONDS);
  console.log(
    `${availableParallelism()} processors, shared with the load; capacity ${Math.round(perSecond)} requests/s`,
  );
  const before = await generate(perSecond * CALM_SHARE, CALM_SECONDS);
  const calmMemory = Math.max(...memory);
  const during = await generate(perSecond * OVERLOAD, SECONDS);
  const after = await generate(perSecond * CALM_SHARE, CALM_SECONDS);
  console.table([
    rowOf(`${CALM_SHARE} × capacity`, before),
    rowOf(`${OVERLOAD} × capacity`, during),
    rowOf('right afterwards', after),
  ]);
  console.log(`Accepted p99: ${ratio(during, before)} × normal`);
  console.log(`Refused late: ${lateRefusals(during)}`);
  console.log(`Back to normal after ${recoverySeconds(before, after)} s`);
  console.log(`Memory: ${mib(calmMemory)} MiB before, ${mib(Math.max(...memory))} MiB at most`);
} finally {
  clearInterval(sampling);
  await service.stop();
}

/** Requests a second that clients get who send the next request when they have their answer. */
async function capacity(seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let answered = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, seed) => {
      const next = mixedRequests(kind, seed + 1000 * seconds);
      while (performance.now() < end) {
        const { method, path, body = null } = next();
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(service.url + path, { method, headers, body });
        await response.arrayBuffer();
        if (response.ok) answered += 1;
      }
    }),
  );
  return answered / seconds;
}

async function generate(ratePerSecond: number, seconds: number): Promise<Arrival[]> {
  const child = fork(
    GENERATOR,
    [service.url, kind, ratePerSecond, seconds, Math.round(ratePerSecond)].map(String),
    {
      serialization: 'advanced',
      // It shall not take a processor for its garbage, either.
      execArgv: [...process.execArgv, '--v8-pool-size=1'],
    },
  );
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`The generator ended with ${code}.`));
    });
  });
}

function rowOf(load: string, arrivals: readonly Arrival[]) {
  const accepted = accept(arrivals);
  const refused = arrivals.filter(([, , status]) => isRefusal(status));
  const refusedTimes = refused.map(([, took]) => took);
  return {
    load,
    requests: arrivals.length,
    accepted: accepted.length,
    'p50 ms': round(percentile(accepted, 0.5)),
    'p99 ms': round(percentile(accepted, 0.99)),
    refused: refused.length,
    'refused p50 ms': round(percentile(refusedTimes, 0.5)),
    'refused p99 ms': round(percentile(refusedTimes, 0.99)),
    [`within ${PROMPT_MS} ms`]: `${round((100 * refusedTimes.filter((took) => took <= PROMPT_MS).length) / refused.length)} %`,
    other: arrivals.length - accepted.length - refused.length,
  };
}

function lateRefusals(arrivals: readonly Arrival[]): string {
  const late = arrivals.filter(([, took, status]) => isRefusal(status) && took > PROMPT_MS);
  const atFirst = late.filter(([due]) => due < 1000).length;
  const tenths = new Set(late.filter(([due]) => due >= 1000).map(([due]) => Math.floor(due / 100)));
  return `${atFirst} in the first second, ${late.length - atFirst} afterwards in ${tenths.size} tenths of a second`;
}

function isRefusal(status: number): boolean {
  return status === 429 || status === 503;
}

function ratio(during: readonly Arrival[], before: readonly Arrival[]): number {
  return round(percentile(accept(during), 0.99) / percentile(accept(before), 0.99));
}

/** When the last request was due that was refused, or took longer than nearly all did before. */
function recoverySeconds(before: readonly Arrival[], after: readonly Arrival[]): number {
  const normal = percentile(accept(before), 0.999);
  const late = after.filter(([, took, status]) => status !== 200 || took > 3 * normal);
  return round(Math.max(0, ...late.map(([due]) => due)) / 1000);
}

function accept(arrivals: readonly Arrival[]): number[] {
  return arrivals.filter(([, , status]) => status === 200).map(([, took]) => took);
}

function residentBytes(): number {
  const status = readFileSync(`/proc/${service.process.pid ?? 0}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/u.exec(status)?.[1] ?? NaN) * 1024;
}

function mib(bytes: number): number {
  return Math.round(bytes / MEBIBYTE);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
