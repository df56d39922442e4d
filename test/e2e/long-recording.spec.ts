import { openAsBlob, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Burst, planBursts } from '../support/bursts.js';
import { eventually } from '../support/eventually.js';
import { repeatBursts, writeRecording } from '../support/long-recording.js';
import { encodeMultipart } from '../support/multipart.js';
import { ServiceProcess } from '../support/service-process.js';
import { SpeechStub } from '../support/speech-stub.js';
import { tone } from '../support/wav.js';
import { allowForBusyMachine } from '../support/busy-machine.js';

allowForBusyMachine();

const HOURS = 2;
const SECONDS = HOURS * 3600;
const BLOCK = { blockSeconds: 600, blocks: SECONDS / 600 };
const MAX_GROWTH_MIB = 80;

interface Answer {
  readonly text: string;
  readonly duration_seconds: number;
  readonly segments: readonly { start: number; end: number; text: string }[];
}

describe(`a recording of ${HOURS} hours`, () => {
  let stub: SpeechStub;
  let service: ServiceProcess;
  let directory: string;
  let bursts: readonly Burst[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'long-recording-'));
    const block = planBursts(BLOCK.blockSeconds, 42);
    bursts = repeatBursts(block, BLOCK);
    await writeRecording(join(directory, 'long.flac'), block, BLOCK);
    stub = await SpeechStub.start();
    service = await ServiceProcess.start({
      OPENAI_BASE_URL: stub.baseUrl,
      EMBEDDING_MODEL: 'local-lexical',
      MAX_UPLOAD_BYTES: String(1024 ** 3),
      UPLOAD_DIR: join(directory, 'uploads'),
    });
  }, 180_000);
  afterAll(async () => {
    await service.stop();
    await stub.close();
    await rm(directory, { recursive: true });
  });

  const transcribe = (init: RequestInit) =>
    fetch(`${service.url}/api/v1/transcription/transcribe`, { method: 'POST', ...init });

  it('is transcribed in pieces, with the times of the whole, in little memory', async () => {
    const first = await transcribe(encodeMultipart({}, [{ name: 'a.wav', content: tone(5) }]));
    expect(first.status).toBe(200);
    stub.reset();
    forgetPeak(service.pid);
    const before = memory(service.pid, 'VmRSS');

    const form = new FormData();
    form.set('file', await openAsBlob(join(directory, 'long.flac')), 'long.flac');
    form.set('model', 'whisper-1');
    form.set('response_format', 'verbose_json');
    const response = await transcribe({ body: form });
    const growth = memory(service.pid, 'VmHWM') - before;
    const answer = (await response.json()) as Answer;

    expect(response.status).toBe(200);
    expect(answer.duration_seconds).toBe(SECONDS);
    expect(stub.calls.length).toBeGreaterThanOrEqual(SECONDS / 300);
    expect(Math.max(...stub.calls.map(({ bytes }) => bytes))).toBeLessThanOrEqual(25_000_000);
    expect(Math.max(...stub.calls.map(({ seconds }) => seconds))).toBeLessThanOrEqual(300);
    // A burst that was cut would be there twice.
    expect(answer.segments.map(({ text }) => text)).toEqual(bursts.map(({ frequency }) => `f${frequency}`));
    expect(answer.text).toBe(bursts.map(({ frequency }) => `f${frequency}`).join(' '));
    const errors = answer.segments.map(({ start, end }, index) =>
      Math.max(Math.abs(start - bursts[index]!.start), Math.abs(end - bursts[index]!.end)),
    );
    expect(Math.max(...errors)).toBeLessThan(0.05);
    expect(growth).toBeLessThan(MAX_GROWTH_MIB);
    await eventually(() => {
      expect(readdirSync(join(directory, 'uploads'), { recursive: true })).toHaveLength(1);
    });
  }, 240_000);
});

/** Has `VmHWM` begin again: starting takes more for a moment than what the service keeps. */
function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** In MiB, as Linux has it. */
function memory(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const [, kibibytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  )!;
  return Number(kibibytes) / 1024;
}
