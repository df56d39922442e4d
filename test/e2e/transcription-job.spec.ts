import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Deferred } from '../../src/common/async/deferred.js';
import { MediaQueue } from '../../src/core/media/media-queue.js';
import { planBursts, renderBursts, toWav } from '../support/bursts.js';
import { eventually } from '../support/eventually.js';
import { JsonClient } from '../support/json-client.js';
import { type FormFile, encodeMultipart } from '../support/multipart.js';
import { ServiceProcess } from '../support/service-process.js';
import { SpeechStub } from '../support/speech-stub.js';
import { startTestApp } from '../support/test-app.js';
import { silence, tone } from '../support/wav.js';

const RATE = 16_000;
const SECONDS = 60;
const BURSTS = planBursts(SECONDS, 11);
const SPEECH: FormFile = {
  name: 'speech.wav',
  content: toWav(renderBursts(BURSTS, { from: 0, to: SECONDS, sampleRate: RATE }), RATE),
};
const TEXT = BURSTS.map(({ frequency }) => `f${frequency}`).join(' ');

interface Job {
  readonly state: string;
  readonly done?: number;
  readonly total?: number;
  readonly result?: Record<string, unknown>;
  readonly problem?: { readonly status: number; readonly detail: string };
}

describe('transcription as a job', () => {
  let stub: SpeechStub;
  let service: ServiceProcess;
  let directory: string;

  const start = () =>
    ServiceProcess.start({
      OPENAI_BASE_URL: stub.baseUrl,
      EMBEDDING_MODEL: 'local-lexical',
      DATA_DIR: join(directory, 'data'),
      UPLOAD_DIR: join(directory, 'uploads'),
      TRANSCRIPTION_PIECE_SECONDS: '10',
      TRANSCRIPTION_CONCURRENCY: '1',
      JOB_LEASE_SECONDS: '2',
    });
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'transcription-job-'));
    stub = await SpeechStub.start();
    service = await start();
  });
  afterAll(async () => {
    await service.stop();
    await stub.close();
    await rm(directory, { recursive: true });
  });
  beforeEach(() => {
    stub.reset();
  });

  const submit = async (fields: Record<string, string> = {}, file = SPEECH, key?: string) => {
    const { body, headers } = encodeMultipart(fields, [file]);
    const response = await fetch(`${service.url}/api/v1/transcription/transcribe?async=true`, {
      method: 'POST',
      body,
      headers: { ...headers, ...(key !== undefined && { 'idempotency-key': key }) },
    });
    return { status: response.status, body: (await response.json()) as { job_id: string } };
  };
  const find = async (id: string) => (await service.client.get<Job>(`/api/v1/jobs/${id}`)).body;
  const ended = async (id: string) => {
    await eventually(async () => {
      expect(['succeeded', 'failed', 'cancelled']).toContain((await find(id)).state);
    });
    return find(id);
  };

  it('has the same result', async () => {
    const { status, body } = await submit({ response_format: 'verbose_json', model: 'whisper-1' });
    expect(status).toBe(202);
    const job = await ended(body.job_id);
    expect(job).toMatchObject({ state: 'succeeded', result: { text: TEXT, duration_seconds: SECONDS } });
    expect(job.total).toBe(stub.calls.length);
    const subtitles = await ended((await submit({ response_format: 'vtt' })).body.job_id);
    expect(subtitles.result).toMatchObject({ media_type: 'text/vtt' });
  });

  it('is refused at once where it can be seen that the recording is none', async () => {
    const refused = await submit({}, { name: 'a.mp3', content: 'No recording at all.' });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ loc: ['body', 'file'] }] } });
    expect(stub.calls).toEqual([]);
  });

  it('fails with the problem that the request would have had', async () => {
    const { body } = await submit({}, { name: 'a.wav', content: tone(0.05) });
    expect(await ended(body.job_id)).toMatchObject({ state: 'failed', problem: { status: 422 } });
    const empty = await ended((await submit({}, { name: 'a.wav', content: silence(3) })).body.job_id);
    expect(empty).toMatchObject({ state: 'succeeded', result: { text: '' } });
    expect(stub.calls).toEqual([]);
  });

  it('is one job for one key, which knows its recording', async () => {
    const first = await submit({}, SPEECH, 'key');
    expect((await submit({}, SPEECH, 'key')).body.job_id).toBe(first.body.job_id);
    expect((await submit({}, { name: 'a.wav', content: silence(3) }, 'key')).status).toBe(409);
    await ended(first.body.job_id);
  });

  it('stops when it is cancelled', async () => {
    const release = stub.hold();
    const { body } = await submit();
    await stub.untilCalled(1);
    expect((await service.client.delete(`/api/v1/jobs/${body.job_id}`)).status).toBe(200);
    await stub.untilAbandoned(1);
    expect((await ended(body.job_id)).state).toBe('cancelled');
    release();
  });

  it('goes on after a crash, and pays for no piece twice but for the one in flight', async () => {
    const { body } = await submit();
    await eventually(async () => {
      expect((await find(body.job_id)).done).toBeGreaterThanOrEqual(2);
    });
    const release = stub.hold();
    const before = stub.calls.length;
    await stub.untilCalled(before + 1);
    await service.kill();
    release();
    service = await start();
    const job = await ended(body.job_id);
    expect(job).toMatchObject({ state: 'succeeded', result: { text: TEXT } });
    expect(stub.calls.length).toBeLessThanOrEqual((job.total ?? 0) + 1);
    await eventually(() => {
      expect(readdirSync(join(directory, 'uploads')).length).toBeLessThanOrEqual(1);
    });
  });
});

describe('a transcription job that comes while too many recordings wait', () => {
  it('is taken as it is, and fails when its recording is looked into', async () => {
    const service = await startTestApp({
      OPENAI_API_KEY: 'sk-test',
      EMBEDDING_MODEL: 'local-lexical',
      MEDIA_CONCURRENCY: '1',
      MEDIA_MAX_WAITING: '0',
    });
    const turn = new Deferred<undefined>();
    const other = service.app.get(MediaQueue).run(() => turn.promise);
    const send = async (path: string) => {
      const form = encodeMultipart({}, [{ name: 'a.mp3', content: 'No recording at all.' }]);
      const response = await fetch(`${service.url}${path}`, { method: 'POST', ...form });
      return { status: response.status, body: (await response.json()) as { job_id: string } };
    };
    try {
      expect((await send('/api/v1/transcription/transcribe')).status).toBe(429);
      const { status, body } = await send('/api/v1/transcription/transcribe?async=true');
      expect(status).toBe(202);
      turn.resolve(undefined);
      await other;
      await eventually(async () => {
        const job = await new JsonClient(service.url).get<Job>(`/api/v1/jobs/${body.job_id}`);
        expect(job.body).toMatchObject({ state: 'failed', problem: { status: 422 } });
      });
    } finally {
      turn.resolve(undefined);
      await service.close();
    }
  });
});
