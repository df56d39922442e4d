import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { JsonClient } from '../test/support/json-client.js';
import { MixedClient, type Observation, seededRandom, SHARED_IDS } from '../test/support/mixed-workload.js';
import { indexing, sampleDocument } from '../test/support/sample-documents.js';
import { postJson } from './support/http.js';
import { memorySlope, type ResourceSample, sampleResources } from './support/resources.js';
import { startService } from './support/service.js';

const COLLECTION = 'soak';
const CLIENTS = 20;
const DEFAULT_SECONDS = 30;
/** Share of the time in which caches fill and code is compiled. */
const WARM_UP = 0.25;
const SAMPLES = 60;

const seconds = Number(process.argv[2] ?? DEFAULT_SECONDS);
if (!(seconds > 0)) {
  console.error('Usage: npm run soak -- [seconds]');
  process.exit(2);
}

const service = await startService();
const ownDelay = monitorEventLoopDelay({ resolution: 1 });
try {
  const shared = SHARED_IDS.map((id) => sampleDocument(id));
  await postJson(`${service.url}/api/v1/rag/index`, indexing(COLLECTION, shared));
  ownDelay.enable();
  const samples: ResourceSample[] = [];
  const observations = await playFor(seconds * 1000, samples);
  ownDelay.disable();
  report(observations);
  reportResources(samples);
} finally {
  await service.stop();
}

async function playFor(milliseconds: number, samples: ResourceSample[]): Promise<Observation[]> {
  const deadline = performance.now() + milliseconds;
  let requests = 0;
  const sampling = sampleUntil(deadline, milliseconds / SAMPLES, async () => {
    samples.push(await sampleResources(service.url, requests));
  });
  const played = Array.from({ length: CLIENTS }, async (_, index) => {
    const client = new MixedClient(
      new JsonClient(service.url),
      COLLECTION,
      `own${index}`,
      seededRandom(index + 1),
    );
    const observations: Observation[] = [];
    while (performance.now() < deadline) {
      observations.push(await client.step());
      requests += 1;
    }
    return observations;
  });
  await sampling;
  return (await Promise.all(played)).flat();
}

async function sampleUntil(deadline: number, everyMs: number, sample: () => Promise<void>): Promise<void> {
  while (performance.now() + everyMs < deadline) {
    await sleep(everyMs);
    await sample();
  }
}

function reportResources(samples: readonly ResourceSample[]): void {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  const [first, last] = [warm[0], warm.at(-1)];
  if (first === undefined || last === undefined || first === last) {
    console.log('Too short to tell how memory grows.');
    return;
  }
  const rows = { 'after warm-up': first, 'in the end': last };
  console.table(
    Object.fromEntries(
      Object.entries(rows).map(([when, { residentBytes, ...rest }]) => [
        when,
        { ...rest, 'RSS MB': round(residentBytes / 1e6) },
      ]),
    ),
  );
  console.log(`Growth of RSS after warm-up: ${memorySlope(warm).toFixed(2)} MB for 10,000 requests`);
}

function report(observations: readonly Observation[]): void {
  const kinds = [...new Set(observations.map(({ kind }) => kind))].sort();
  console.table([
    ...kinds.map((kind) =>
      rowOf(
        kind,
        observations.filter((one) => one.kind === kind),
      ),
    ),
    rowOf('all', observations),
  ]);
  console.log(`Requests a second: ${Math.round(observations.length / seconds)}`);
  // The service is another process; this is how far the clients' own process may distort the times.
  console.log(`Delay of the clients' event loop, p99: ${(ownDelay.percentile(99) / 1e6).toFixed(1)} ms`);
  const problems = observations.filter(({ problem }) => problem !== null);
  for (const { kind, status, problem } of problems.slice(0, 10)) console.error(kind, status, problem);
  if (problems.length > 0) process.exitCode = 1;
}

function rowOf(kind: string, observations: readonly Observation[]) {
  const times = observations.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    kind,
    requests: observations.length,
    errors: observations.filter(({ problem }) => problem !== null).length,
    'p50 ms': round(percentile(times, 0.5)),
    'p99 ms': round(percentile(times, 0.99)),
  };
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
