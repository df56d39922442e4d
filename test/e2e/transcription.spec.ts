import { readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planBursts, renderBursts, toWav } from '../support/bursts.js';
import { eventually } from '../support/eventually.js';
import { bodyOf, exactRequest } from '../support/exact-request.js';
import { runFfmpegTool } from '../support/ffmpeg.js';
import { encodeMultipart } from '../support/multipart.js';
import { fetchDocument, listOperations } from '../support/openapi-document.js';
import { OpenApiValidator } from '../support/openapi-validator.js';
import { SpeechStub } from '../support/speech-stub.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { silence, tone } from '../support/wav.js';
import { allowForBusyMachine } from '../support/busy-machine.js';

allowForBusyMachine();

const BASE = '/api/v1/transcription';
const RATE = 16_000;
const BURSTS = planBursts(60, 7);
const SPEECH = toWav(renderBursts(BURSTS, { from: 0, to: 60, sampleRate: RATE }), RATE);
const TEXT = BURSTS.map(({ frequency }) => `f${frequency}`).join(' ');

describe('transcription', () => {
  let stub: SpeechStub;
  let service: TestApp;
  let directory: string;

  beforeAll(async () => {
    stub = await SpeechStub.start();
    directory = await mkdtemp(join(tmpdir(), 'transcription-spec-'));
    service = await startTestApp({
      OPENAI_BASE_URL: stub.baseUrl,
      EMBEDDING_MODEL: 'local-lexical',
      UPLOAD_DIR: directory,
      TRANSCRIPTION_PIECE_SECONDS: '20',
      TRANSCRIPTION_CONCURRENCY: '2',
      MAX_UPLOAD_BYTES: '20000000',
    });
  });
  afterAll(async () => {
    await service.close();
    await stub.close();
    expect(readdirSync(directory)).toEqual([]);
    await rm(directory, { recursive: true });
  });
  beforeEach(() => {
    stub.reset();
  });
  afterEach(() =>
    eventually(() => {
      expect(readdirSync(directory, { recursive: true }).length).toBeLessThanOrEqual(1);
    }),
  );

  const send = (path: string, fields: Record<string, string>, content: Buffer, name = 'speech.wav') =>
    exactRequest(service.url, {
      method: 'POST',
      path: `${BASE}${path}`,
      ...encodeMultipart(fields, [{ name, content }]),
    });
  const transcribe = (fields: Record<string, string>, content = SPEECH) =>
    send('/transcribe', fields, content);

  it('cuts a recording at pauses, sends WAV at 16 kHz, and puts the text together', async () => {
    const answer = await transcribe({ language: 'en', prompt: 'Tones', temperature: '0.5' });

    expect([answer.status, bodyOf(answer)]).toEqual([
      200,
      {
        text: TEXT,
        language: 'en',
        duration_seconds: 60,
        model: 'gpt-transcribe',
        usage: {
          prompt_tokens: 10 * stub.calls.length,
          completion_tokens: 2 * stub.calls.length,
          total_tokens: 12 * stub.calls.length,
          cost_usd: expect.any(Number) as number,
        },
      },
    ]);
    expect(stub.calls.length).toBeGreaterThanOrEqual(3);
    expect(stub.mostAtOnce).toBe(2);
    for (const call of stub.calls) {
      expect(call).toMatchObject({
        sampleRate: 16_000,
        channels: 1,
        bitsPerSample: 16,
        mediaType: 'audio/wav',
      });
      expect(call.seconds).toBeLessThanOrEqual(20);
      expect(call.fields).toEqual({
        model: 'gpt-transcribe',
        language: 'en',
        prompt: 'Tones',
        temperature: '0.5',
        response_format: 'json',
      });
    }
  });

  it('gives the times of the whole recording', async () => {
    const answer = await transcribe({
      model: 'whisper-1',
      response_format: 'verbose_json',
      timestamps: 'word',
    });

    const { segments, words, language, usage } = bodyOf(answer) as unknown as {
      segments: { start: number; end: number; text: string }[];
      words: { start: number; end: number; word: string }[];
      language: string;
      usage: { cost_usd: number };
    };
    expect(language).toBe('en');
    expect(segments.map(({ text }) => text)).toEqual(TEXT.split(' '));
    expect(words).toEqual(segments.map(({ start, end, text }) => ({ start, end, word: text })));
    for (const [index, { start, end }] of segments.entries()) {
      expect(Math.abs(start - BURSTS[index]!.start)).toBeLessThan(0.05);
      expect(Math.abs(end - BURSTS[index]!.end)).toBeLessThan(0.05);
    }
    const billed = stub.calls.reduce((sum, { seconds }) => sum + Math.ceil(seconds), 0);
    expect(usage.cost_usd).toBeCloseTo((billed / 60) * 0.006, 6);
  });

  it.each([
    ['text', 'text/plain; charset=utf-8', `${TEXT}\n`],
    ['srt', 'application/x-subrip; charset=utf-8', /^1\n00:00:00,5\d\d --> 00:00:\d\d,\d{3}\nf200\n\n2\n/u],
    ['vtt', 'text/vtt; charset=utf-8', /^WEBVTT\n\n00:00:00\.5\d\d --> 00:00:\d\d\.\d{3}\nf200\n\n/u],
  ])('answers %s as such', async (format, type, text) => {
    const answer = await transcribe({ model: 'whisper-1', response_format: format });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
    if (typeof text === 'string') expect(answer.text).toBe(text);
    else expect(answer.text).toMatch(text);
  });

  it('answers as documented, in each format', async () => {
    const document = await fetchDocument(service.url);
    const operation = listOperations(document).find(({ name }) => name === `POST ${BASE}/transcribe`)!;
    for (const format of ['json', 'verbose_json', 'text', 'srt', 'vtt']) {
      const { status, headers, text } = await transcribe({ response_format: format });
      const answer = { status, text, contentType: headers['content-type'] ?? '' };
      expect(new OpenApiValidator(document).checkAnswer(operation, answer)).toEqual([]);
    }
  });

  it('takes base64 in JSON', async () => {
    const body = JSON.stringify({ audio_base64: tone(1).toString('base64'), filename: 'tone.wav' });
    const answer = await exactRequest(service.url, { method: 'POST', path: `${BASE}/transcribe`, body });
    expect(bodyOf(answer)).toMatchObject({ text: 'f440', duration_seconds: 1 });
    const text = Buffer.from('This is no recording at all.').toString('base64');
    const refused = await exactRequest(service.url, {
      method: 'POST',
      path: `${BASE}/transcribe`,
      body: JSON.stringify({ audio_base64: text, filename: 'tone.wav' }),
    });
    expect([refused.status, bodyOf(refused)['errors']]).toMatchObject([
      422,
      [{ loc: ['body', 'audio_base64'] }],
    ]);
  });

  it('answers silence with nothing, and pays nothing for it', async () => {
    const answer = await transcribe({ response_format: 'verbose_json' }, silence(5));
    expect(bodyOf(answer)).toEqual({
      text: '',
      language: null,
      duration_seconds: 5,
      segments: [],
      model: 'gpt-transcribe',
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, cost_usd: 0 },
    });
    expect(stub.calls).toEqual([]);
  });

  it('tries a piece again after an outage, and gives up after a refusal', async () => {
    stub.failures.push(503);
    expect(bodyOf(await transcribe({}, tone(1)))['text']).toBe('f440');
    expect(stub.calls).toHaveLength(2);
    stub.failures.push(400);
    const refused = await transcribe({}, tone(1));
    expect([refused.status, bodyOf(refused)['type']]).toEqual([502, '/problems/provider-error']);
  });

  it('stops within a second when the client hangs up', async () => {
    const release = stub.hold();
    const hangUp = new AbortController();
    const sent = fetch(`${service.url}${BASE}/transcribe`, {
      method: 'POST',
      ...encodeMultipart({}, [{ name: 'a.wav', content: SPEECH }]),
      signal: hangUp.signal,
    }).catch(() => 'gone');
    await stub.untilCalled(2);
    const before = performance.now();
    hangUp.abort();
    await stub.untilAbandoned(2);
    expect(performance.now() - before).toBeLessThan(1000);
    expect(await sent).toBe('gone');
    release();
  });

  it.each(['wav', 'mp3', 'flac', 'ogg', 'opus', 'm4a', 'webm'])(
    'converts to %s and reads that',
    async (format) => {
      const response = await fetch(`${service.url}${BASE}/convert`, {
        method: 'POST',
        ...encodeMultipart({ format, sample_rate: '48000', channels: '2' }, [
          { name: 'größe 1.wav', content: tone(3, 44_100) },
        ]),
      });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-disposition')).toBe(
        `attachment; filename="gr__e 1.${format}"; filename*=UTF-8''gr%C3%B6%C3%9Fe%201.${format}`,
      );
      const converted = Buffer.from(await response.arrayBuffer());
      const estimate = bodyOf(await send('/estimate-cost', {}, converted, 'x'));
      expect(Math.abs((estimate['duration_seconds'] as number) - 3)).toBeLessThan(0.06);
      expect(estimate).toMatchObject({ billed_seconds: expect.any(Number) as number, chunks: 1 });
      expect(bodyOf(await transcribe({}, converted))['text']).toBe('f440');
    },
  );

  it('takes the sound of a video', async () => {
    const path = join(directory, 'video.mp4');
    writeFileSync(join(directory, 'tone.wav'), tone(2));
    runFfmpegTool(
      ...['-f', 'lavfi', '-i', 'testsrc=d=2:s=64x64', '-i', join(directory, 'tone.wav'), '-c:a', 'aac', path],
    );
    const video = await readFile(path);
    await rm(path);
    await rm(join(directory, 'tone.wav'));
    expect(bodyOf(await transcribe({}, video))).toMatchObject({ text: 'f440' });
  });

  it.each([
    ['sample_rate', { format: 'opus', sample_rate: '44100' }],
    ['channels', { format: 'mp3', channels: '3' }],
    ['bitrate', { format: 'wav', bitrate: '128k' }],
    ['bitrate', { format: 'mp3', bitrate: '999k' }],
    ['bitrate', { format: 'mp3', bitrate: '128k -i /etc/passwd' }],
    ['format', { format: 'exe' }],
    ['format', {}],
  ])('refuses to convert with a wrong %s', async (field, fields) => {
    const answer = await send('/convert', fields, tone(1));
    expect([answer.status, bodyOf(answer)['errors']]).toMatchObject([422, [{ loc: ['body', field] }]]);
  });

  it('tells what can be done', async () => {
    const get = async (path: string) => bodyOf(await exactRequest(service.url, { path: `${BASE}${path}` }));
    expect(await get('/health')).toEqual({
      status: 'ok',
      ffmpeg: { available: true, version: expect.any(String) as string },
      provider: { configured: true, model: 'gpt-transcribe' },
    });
    expect((await get('/models'))['models']).toContainEqual(
      expect.objectContaining({ id: 'whisper-1', retires_on: '2027-02-26', price_per_minute_usd: 0.006 }),
    );
    expect((await get('/languages'))['languages']).toContainEqual({ code: 'de', name: 'German' });
    expect((await get('/formats'))['formats']).toHaveLength(7);
  });
});

describe('transcription without ffmpeg', () => {
  let service: TestApp;

  beforeAll(async () => {
    service = await startTestApp({ FFMPEG_PATH: '/absent/ffmpeg', FFPROBE_PATH: '/absent/ffprobe' });
  });
  afterAll(() => service.close());

  it('says what to install', async () => {
    const health = await exactRequest(service.url, { path: `${BASE}/health` });
    expect(bodyOf(health)).toMatchObject({
      status: 'unavailable',
      ffmpeg: { available: false, version: null },
    });
    const answer = await exactRequest(service.url, {
      method: 'POST',
      path: `${BASE}/convert`,
      ...encodeMultipart({ format: 'mp3' }, [{ name: 'a.wav', content: tone(1) }]),
    });
    expect([answer.status, bodyOf(answer)['type']]).toEqual([503, '/problems/not-configured']);
    expect(bodyOf(answer)['detail']).toContain('FFMPEG_PATH');
  });
});
