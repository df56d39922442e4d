import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.js';
import { planBursts } from '../support/bursts.js';
import { writeRecording } from '../support/long-recording.js';
import { mediaProcessesOf } from '../support/media-processes.js';
import { encodeMultipart } from '../support/multipart.js';
import { ServiceProcess } from '../support/service-process.js';
import { leftoversIn } from '../support/upload-leftovers.js';
import { tone } from '../support/wav.js';
import { allowForBusyMachine } from '../support/busy-machine.js';

allowForBusyMachine();

const CONCURRENCY = 2;
const BASE = '/api/v1/transcription';

describe('media processes', () => {
  let service: ServiceProcess;
  let directory: string;
  let long: Buffer;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'media-load-'));
    const path = join(directory, 'long.flac');
    await writeRecording(path, planBursts(600, 3), { blockSeconds: 600, blocks: 3 });
    long = readFileSync(path);
    service = await ServiceProcess.start({
      UPLOAD_DIR: join(directory, 'uploads'),
      MEDIA_CONCURRENCY: String(CONCURRENCY),
      MEDIA_MAX_WAITING: '60',
    });
  }, 120_000);
  afterAll(async () => {
    await service.stop();
    await rm(directory, { recursive: true });
  });

  const processes = () => mediaProcessesOf(service.pid);
  const leftovers = () => leftoversIn(join(directory, 'uploads'));
  const convert = (content: Buffer, format: string, signal?: AbortSignal) =>
    fetch(`${service.url}${BASE}/convert`, {
      method: 'POST',
      ...encodeMultipart({ format }, [{ name: 'a.flac', content }]),
      ...(signal && { signal }),
    });
  const estimate = (content: Buffer) =>
    fetch(`${service.url}${BASE}/estimate-cost`, {
      method: 'POST',
      ...encodeMultipart({}, [{ name: 'a.wav', content }]),
    });

  it('are few, whoever comes: 100 at once all get an answer', async () => {
    // So that the program has been looked for, and what it can do.
    expect((await convert(tone(1), 'mp3')).status).toBe(200);
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, processes().length);
    }, 20);
    const answers = await Promise.all(Array.from({ length: 100 }, () => estimate(tone(1))));
    clearInterval(watch);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(60);
    expect(statuses.every((status) => status === 200 || status === 429)).toBe(true);
    for (const answer of answers) {
      if (answer.status === 429) expect(answer.headers.get('retry-after')).toBe('5');
    }
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(CONCURRENCY);
  });

  it.each(['ogg', 'wav'])(
    'end within a second when the client hangs up in a conversion to %s',
    async (format) => {
      const hangUp = new AbortController();
      const answer = convert(long, format, hangUp.signal).then(
        (response) => response.arrayBuffer().catch(() => 'gone'),
        () => 'gone',
      );
      await eventually(() => {
        expect(processes()).toEqual(['ffmpeg']);
      });
      const before = performance.now();
      hangUp.abort();
      await eventually(() => {
        expect([processes(), leftovers()]).toEqual([[], []]);
      });
      expect(performance.now() - before).toBeLessThan(1000);
      expect(await answer).toBe('gone');
    },
  );

  it('end with the service, and leave nothing', async () => {
    const short = await ServiceProcess.start({
      UPLOAD_DIR: join(directory, 'short'),
      SHUTDOWN_TIMEOUT_MS: '100',
    });
    const answer = fetch(`${short.url}${BASE}/estimate-cost`, {
      method: 'POST',
      ...encodeMultipart({}, [{ name: 'a.flac', content: long }]),
    }).catch(() => 'gone');
    await eventually(() => {
      expect(mediaProcessesOf(short.pid)).toEqual(['ffmpeg']);
    });
    await short.stop();
    expect(mediaProcessesOf(short.pid)).toEqual([]);
    expect(readdirSync(join(directory, 'short'))).toEqual([]);
    await answer;
  });
});
