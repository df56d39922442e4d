import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Burst, renderBursts, toWav } from '../support/bursts.js';
import { receiveEvents } from '../support/event-stream.js';
import { encodeMultipart } from '../support/multipart.js';
import { ServiceProcess } from '../support/service-process.js';
import { SpeechStub } from '../support/speech-stub.js';

const RUNNING = 5;
const JOBS = 25;
const SECONDS = 30;
const PIECE_SECONDS = 10;
/** What is heard first in each recording, and nowhere else. */
const FIRST = /^f200\b/u;
const TIMEOUT_MS = 180_000;
const RATE = 16_000;
const RECORDINGS = Array.from({ length: JOBS }, (_, job) => recording(job));

interface JobAnswer {
  readonly state: string;
  readonly done?: number;
  readonly total?: number;
  readonly result?: { readonly text: string };
}

/** A burst every three seconds, whose length is that of no other recording, so that no piece is like another's. */
function recording(job: number): { content: Buffer; text: string } {
  const bursts = Array.from({ length: SECONDS / 3 }, (_, index): Burst => {
    const start = 3 * index + 0.5;
    return { start, end: start + 1 + job / 50, frequency: 200 + 20 * index };
  });
  const samples = renderBursts(bursts, { from: 0, to: SECONDS, sampleRate: RATE });
  return { content: toWav(samples, RATE), text: bursts.map(({ frequency }) => `f${frequency}`).join(' ') };
}

describe('transcription jobs whose process is killed', () => {
  let stub: SpeechStub;
  let directory: string;
  let services: ServiceProcess[];

  beforeEach(async () => {
    stub = await SpeechStub.start();
    directory = await mkdtemp(join(tmpdir(), 'transcription-crash-'));
    services = [];
  });
  afterEach(async () => {
    await Promise.all(services.map((service) => service.kill()));
    await stub.close();
    await rm(directory, { recursive: true });
  });

  const start = async () => {
    const service = ServiceProcess.spawn({
      OPENAI_BASE_URL: stub.baseUrl,
      EMBEDDING_MODEL: 'local-lexical',
      DATA_DIR: join(directory, 'data'),
      UPLOAD_DIR: join(directory, 'uploads'),
      TRANSCRIPTION_PIECE_SECONDS: String(PIECE_SECONDS),
      TRANSCRIPTION_CONCURRENCY: '1',
      // One place is kept for jobs of other kinds.
      JOB_CONCURRENCY: String(RUNNING + 1),
    });
    services.push(service);
    await service.ready();
    return service;
  };
  const submit = async ({ url }: ServiceProcess, content: Buffer): Promise<string> => {
    const response = await fetch(`${url}/api/v1/transcription/transcribe?async=true`, {
      method: 'POST',
      ...encodeMultipart({}, [{ name: 'a.wav', content }]),
    });
    return ((await response.json()) as { job_id: string }).job_id;
  };
  const findAll = ({ client }: ServiceProcess, ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await client.get<JobAnswer>(`/api/v1/jobs/${id}`)).body));
  const untilEnded = async ({ url }: ServiceProcess, id: string): Promise<void> => {
    const events = receiveEvents(`${url}/api/v1/jobs/${id}/events`, AbortSignal.timeout(TIMEOUT_MS));
    while (!(await events.next()).done);
  };
  const untilHeld = async (count: number): Promise<void> => {
    for (let calls = 1; stub.heldCalls.length < count; calls += 1) await stub.untilCalled(calls);
  };
  const countCalls = () => {
    const times = new Map<string, number>();
    for (const { sha256 } of stub.calls) times.set(sha256, (times.get(sha256) ?? 0) + 1);
    return times;
  };

  it(
    'all end once, and only the pieces in flight are sent twice',
    async () => {
      // So that each of those at work has one piece behind it, and one with the provider.
      const answerAll = stub.hold((heard) => FIRST.test(heard));
      const killed = await start();
      const ids: string[] = [];
      for (const { content } of RECORDINGS) ids.push(await submit(killed, content));
      await untilHeld(RUNNING);
      const before = await findAll(killed, ids);
      expect(before.filter(({ state, done }) => state === 'running' && done === 1)).toHaveLength(RUNNING);
      expect(before.filter(({ state }) => state === 'queued')).toHaveLength(JOBS - RUNNING);
      const inFlight = stub.heldCalls.map(({ sha256 }) => sha256);
      await killed.kill();
      answerAll();

      const restarted = await start();
      await Promise.all(ids.map((id) => untilEnded(restarted, id)));
      const jobs = await findAll(restarted, ids);
      expect(jobs).toMatchObject(RECORDINGS.map(({ text }) => ({ state: 'succeeded', result: { text } })));
      const times = countCalls();
      const twice = [...times].filter(([, count]) => count > 1);
      expect(Object.fromEntries(twice)).toEqual(Object.fromEntries(inFlight.map((sha256) => [sha256, 2])));
      expect(times.size).toBe(jobs.reduce((sum, { total = 0 }) => sum + total, 0));
    },
    TIMEOUT_MS,
  );
});
