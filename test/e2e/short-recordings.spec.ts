import { toWav } from '../support/bursts.js';
import { bodyOf, exactRequest } from '../support/exact-request.js';
import { encodeMultipart } from '../support/multipart.js';
import { SpeechStub } from '../support/speech-stub.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const BASE = '/api/v1/transcription';
const TOLERANCE = 0.02;
const RATES = [8000, 16_000, 44_100];
/** How long the last burst is, up to the very end, in seconds. AAC lets it begin up to 10 ms early at 8,000 Hz. */
const LAST_BURST = 0.15;

/** Silence with a burst at its very end. */
function endingInBurst(seconds: number, sampleRate: number): Buffer {
  const samples = new Int16Array(Math.round(seconds * sampleRate));
  const from = samples.length - Math.round(LAST_BURST * sampleRate);
  for (let index = from; index < samples.length; index += 1) {
    samples[index] = 12_000 * Math.sin((2 * Math.PI * 440 * index) / sampleRate);
  }
  return toWav(samples, sampleRate);
}

describe('short recordings', () => {
  let stub: SpeechStub;
  let service: TestApp;

  beforeAll(async () => {
    stub = await SpeechStub.start();
    service = await startTestApp({ OPENAI_BASE_URL: stub.baseUrl, EMBEDDING_MODEL: 'local-lexical' });
  });
  afterAll(async () => {
    await service.close();
    await stub.close();
  });

  const form = (content: Buffer, fields: Record<string, string> = {}) => ({
    method: 'POST',
    ...encodeMultipart(fields, [{ name: 'a', content }]),
  });
  const convert = async (content: Buffer, format: string) => {
    const response = await fetch(`${service.url}${BASE}/convert`, form(content, { format }));
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };
  const transcribe = async (content: Buffer) =>
    bodyOf(await exactRequest(service.url, { path: `${BASE}/transcribe`, ...form(content) }));

  // AAC comes in the longest frames, beside the length of such recordings; Vorbis has all of them on one page of Ogg.
  it.each(['m4a', 'ogg'].flatMap((format) => RATES.map((rate) => [format, rate] as const)))(
    'in %s, of %i samples a second, keep length and end',
    async (format, sampleRate) => {
      for (const seconds of [0.2, 0.5, 1.81]) {
        const there = await convert(endingInBurst(seconds, sampleRate), format);
        for (const content of [there, await convert(there, 'wav')]) {
          const { text, duration_seconds: duration } = await transcribe(content);
          expect({ seconds, text }).toEqual({ seconds, text: 'f440' });
          expect(Math.abs((duration as number) - seconds) / seconds).toBeLessThanOrEqual(TOLERANCE);
        }
      }
    },
  );
});
