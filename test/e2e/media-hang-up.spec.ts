import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Deferred } from '../../src/common/async/deferred.js';
import { planBursts } from '../support/bursts.js';
import { eventually } from '../support/eventually.js';
import { writeRecording } from '../support/long-recording.js';
import { mediaProcessesOf } from '../support/media-processes.js';
import { encodeMultipart } from '../support/multipart.js';
import { SpeechStub } from '../support/speech-stub.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { leftoversIn } from '../support/upload-leftovers.js';
import { tone } from '../support/wav.js';
import { allowForBusyMachine } from '../support/busy-machine.js';

allowForBusyMachine();

const BASE = '/api/v1/transcription';
const CALLS: readonly [string, Record<string, string>][] = [
  ['/transcribe', {}],
  ['/transcribe?async=true', {}],
  ['/convert', { format: 'wav' }],
  ['/convert', { format: 'ogg' }],
  ['/estimate-cost', {}],
];
const MOST_MS = 1000;

describe('when a client hangs up', () => {
  let stub: SpeechStub;
  let service: TestApp;
  let directory: string;
  let long: Buffer;
  /** When the service sees that the client of the next call has gone. */
  let seen: Deferred<number>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'media-hang-up-'));
    const path = join(directory, 'long.flac');
    await writeRecording(path, planBursts(600, 3), { blockSeconds: 600, blocks: 3 });
    long = readFileSync(path);
    stub = await SpeechStub.start();
    service = await startTestApp({
      OPENAI_BASE_URL: stub.baseUrl,
      EMBEDDING_MODEL: 'local-lexical',
      UPLOAD_DIR: join(directory, 'uploads'),
    });
    // So that the programs have been looked for.
    await fetch(`${service.url}${BASE}/health`);
    const server: Server = service.app.getHttpServer();
    server.on('request', (_request: IncomingMessage, response: ServerResponse) => {
      response.once('close', () => {
        seen.resolve(performance.now());
      });
    });
  }, 120_000);
  afterAll(async () => {
    await service.close();
    await stub.close();
    await rm(directory, { recursive: true });
  });
  beforeEach(() => {
    stub.reset();
    seen = new Deferred();
  });

  const processes = () => mediaProcessesOf(process.pid);
  const leftovers = () => leftoversIn(join(directory, 'uploads'));
  /** Begins a call, and sends only a part of its form when told. @returns what hangs up */
  const open = (path: string, fields: Record<string, string>, content: Buffer, share = 1) => {
    const { body, headers } = encodeMultipart(fields, [{ name: 'a.flac', content }]);
    const call = request(`${service.url}${BASE}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length },
    });
    call.on('error', () => undefined);
    call.write(body.subarray(0, body.length * share));
    if (share === 1) call.end();
    return () => call.destroy();
  };
  const expectAllGone = async () => {
    const since = await seen.promise;
    await eventually(() => {
      expect([processes(), leftovers()]).toEqual([[], []]);
    });
    expect(performance.now() - since).toBeLessThan(MOST_MS);
  };

  it.each(CALLS)('in the middle of an upload, nothing of it is left: %s %o', async (path, fields) => {
    const hangUp = open(path, fields, long, 0.5);
    await eventually(() => {
      expect(leftovers()).toHaveLength(1);
    });
    hangUp();
    await expectAllGone();
    expect(stub.calls).toEqual([]);
  });

  it.each(CALLS.filter(([path]) => !path.includes('async')))(
    'while it is decoded, that ends: %s %o',
    async (path, fields) => {
      const hangUp = open(path, fields, long);
      await eventually(() => {
        expect(processes()).toEqual(['ffmpeg']);
      });
      hangUp();
      await expectAllGone();
      expect(stub.calls).toEqual([]);
    },
  );

  it('while a provider is asked, that ends', async () => {
    const release = stub.hold();
    const hangUp = open('/transcribe', {}, tone(5));
    await stub.untilCalled();
    hangUp();
    await stub.untilAbandoned();
    await expectAllGone();
    release();
  });
});
