import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { bodyOf, exactRequest } from '../support/exact-request.js';
import { runFfmpegTool } from '../support/ffmpeg.js';
import { mediaProcessesOf } from '../support/media-processes.js';
import { encodeMultipart } from '../support/multipart.js';
import { SpeechStub } from '../support/speech-stub.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { silence, tone } from '../support/wav.js';
import { allowForBusyMachine } from '../support/busy-machine.js';

allowForBusyMachine();

const MAX_SECONDS = 60;

describe('hostile recordings', () => {
  let stub: SpeechStub;
  let service: TestApp;
  let directory: string;
  let canary: Server;
  let visits: string[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hostile-media-'));
    writeFileSync(join(directory, 'secret.wav'), tone(2));
    visits = [];
    canary = createServer((request, response) => {
      visits.push(request.url ?? '');
      response.end(tone(2));
    }).listen(0, '127.0.0.1');
    await once(canary, 'listening');
    stub = await SpeechStub.start();
    service = await startTestApp({
      OPENAI_BASE_URL: stub.baseUrl,
      EMBEDDING_MODEL: 'local-lexical',
      UPLOAD_DIR: join(directory, 'uploads'),
      MEDIA_MAX_SECONDS: String(MAX_SECONDS),
    });
  });
  afterAll(async () => {
    await service.close();
    await stub.close();
    canary.close();
    expect(readdirSync(join(directory, 'uploads'))).toEqual([]);
    await rm(directory, { recursive: true });
  });
  beforeEach(() => {
    stub.reset();
  });

  const send = (path: string, content: Buffer | string, name: string, fields = {}) =>
    exactRequest(service.url, {
      method: 'POST',
      path: `/api/v1/transcription${path}`,
      ...encodeMultipart(fields, [{ name, content }]),
    });
  const secret = () => join(directory, 'secret.wav');
  /** Written to a pipe, so that nothing in it says how long it is. */
  const unclaimed = (seconds: number) =>
    runFfmpegTool('-f', 'lavfi', '-i', `sine=r=8000:d=${seconds}`, '-f', 'flac', '-');
  const address = () => `http://127.0.0.1:${(canary.address() as AddressInfo).port}/secret.wav`;

  const REFERENCES: readonly [string, () => string][] = [
    ['a.m3u8', () => `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://${secret()}\n#EXT-X-ENDLIST\n`],
    ['b.m3u8', () => `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${address()}\n#EXT-X-ENDLIST\n`],
    ['c.mp3', () => `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${secret()}\n#EXT-X-ENDLIST\n`],
    ['d.txt', () => `ffconcat version 1.0\nfile '${secret()}'\n`],
    ['e.wav', () => `ffconcat version 1.0\nfile '${address()}'\n`],
    [
      'f.mpd',
      () =>
        `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet ` +
        `mimeType="audio/mp4"><Representation id="1"><BaseURL>${address()}</BaseURL></Representation>` +
        `</AdaptationSet></Period></MPD>`,
    ],
    ['g.sdp', () => `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n`],
    ['h.pls', () => `[playlist]\nFile1=${address()}\nNumberOfEntries=1\n`],
    ['i.asx', () => `<asx version="3.0"><entry><ref href="${address()}"/></entry></asx>`],
    ['j.ffmeta', () => `;FFMETADATA1\ntitle=${secret()}\n`],
    ['k.srt', () => `1\n00:00:00,000 --> 00:00:02,000\n${secret()}\n`],
    ['concat:l', () => `concat:${secret()}|${secret()}`],
  ];

  it.each(REFERENCES)(
    'that refer to something else are refused, and nothing is read: %s',
    async (name, text) => {
      for (const path of ['/transcribe', '/estimate-cost', '/convert']) {
        const fields = path === '/convert' ? { format: 'wav' } : {};
        const answer = await send(path, text(), name, fields);
        expect([answer.status, bodyOf(answer)['errors']]).toMatchObject([422, [{ loc: ['body', 'file'] }]]);
        expect(answer.text).not.toContain(directory);
      }
      expect(visits).toEqual([]);
      expect(stub.calls).toEqual([]);
    },
  );

  it.each([
    ['10 MB of text', () => 'Ask not what your country can do for you. '.repeat(250_000)],
    [
      'a picture',
      () => runFfmpegTool('-f', 'lavfi', '-i', 'testsrc=s=64x64', '-vframes', '1', '-f', 'apng', '-'),
    ],
    [
      'a film without sound',
      () => runFfmpegTool('-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-f', 'matroska', '-'),
    ],
    [
      'an archive',
      () => Buffer.concat([Buffer.from('PK\x03\x04'), deflateRawSync(Buffer.alloc(10_000_000))]),
    ],
    ['a header alone', () => tone(1).subarray(0, 44)],
    ['an empty recording', () => tone(0)],
    ['noise', () => Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 251))],
    ['an MP3 tag alone', () => Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\x0f\x76'), Buffer.alloc(2000)])],
  ])('that are none are refused soon: %s', async (_, make) => {
    const content = make();
    const before = performance.now();
    const answer = await send('/transcribe', content, 'a.mp3');
    expect([answer.status, bodyOf(answer)['errors']]).toMatchObject([422, [{ loc: ['body', 'file'] }]]);
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('that are empty are told from those that can not be read', async () => {
    const answer = await send('/transcribe', '', 'a.mp3');
    expect([answer.status, bodyOf(answer)['detail']]).toEqual([422, 'file is empty']);
  });

  it('that are longer than they look are refused before they fill the disk', async () => {
    const flac = runFfmpegTool(
      '-f',
      'lavfi',
      '-i',
      'anullsrc=r=8000:cl=mono',
      '-t',
      '7200',
      '-f',
      'flac',
      '-',
    );
    expect(flac.length).toBeLessThan(2_000_000);
    for (const path of ['/transcribe', '/estimate-cost']) {
      const answer = await send(path, flac, 'a.flac');
      expect([answer.status, bodyOf(answer)['detail']]).toEqual([
        422,
        `file is longer than ${MAX_SECONDS} seconds`,
      ]);
    }
  });

  it('that are longer than they look are never converted in part', async () => {
    const flac = unclaimed(MAX_SECONDS + 30);
    for (const format of ['wav', 'mp3', 'flac', 'm4a', 'webm']) {
      const answer = await send('/convert', flac, 'a.flac', { format });
      expect([answer.status, bodyOf(answer)['detail']]).toEqual([
        422,
        `file is longer than ${MAX_SECONDS} seconds`,
      ]);
    }
    for (const format of ['ogg', 'opus']) {
      const answer = await fetch(`${service.url}/api/v1/transcription/convert`, {
        method: 'POST',
        ...encodeMultipart({ format }, [{ name: 'a.flac', content: flac }]),
      });
      expect(answer.status).toBe(200);
      await expect(answer.arrayBuffer()).rejects.toThrow('terminated');
    }
    expect((await send('/convert', unclaimed(MAX_SECONDS), 'a.flac', { format: 'ogg' })).status).toBe(200);
  });

  it('that claim to be long cost what they are', async () => {
    const claim = Buffer.alloc(8);
    claim.writeDoubleBE(1e17);
    const path = join(directory, 'claim.webm');
    writeFileSync(join(directory, 'tone.wav'), tone(3));
    runFfmpegTool('-i', join(directory, 'tone.wav'), '-c:a', 'libopus', path);
    const webm = readFileSync(path);
    const at = webm.indexOf(Buffer.from([0x44, 0x89, 0x88]));
    expect(at).toBeGreaterThan(0);
    claim.copy(webm, at + 3);
    const estimate = bodyOf(await send('/estimate-cost', webm, 'a.webm'));
    expect(estimate).toMatchObject({ billed_seconds: 4, chunks: 1, estimated_cost_usd: 0.0003 });
    expect(Math.abs((estimate['duration_seconds'] as number) - 3)).toBeLessThan(0.1);
  });

  it('that jump far ahead in time are refused before the gap is filled', async () => {
    const path = join(directory, 'jump.m4a');
    writeFileSync(join(directory, 'tone.wav'), tone(3));
    runFfmpegTool('-i', join(directory, 'tone.wav'), '-c:a', 'aac', path);
    const m4a = readFileSync(path);
    const table = m4a.indexOf('stts');
    m4a.writeUInt32BE(0x7fff_ffff, table + 16);
    const answer = await send('/transcribe', m4a, 'a.m4a');
    expect([answer.status, bodyOf(answer)['errors']]).toMatchObject([422, [{ loc: ['body', 'file'] }]]);
  });

  it('of silence cost nothing', async () => {
    const answer = await send('/transcribe', silence(30), 'a.wav');
    expect(bodyOf(answer)).toMatchObject({ text: '', usage: { cost_usd: 0 } });
    expect(stub.calls).toEqual([]);
  });

  it('leave no process behind', () => {
    expect(mediaProcessesOf(process.pid)).toEqual([]);
  });
});
