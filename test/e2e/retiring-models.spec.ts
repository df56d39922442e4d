import { STUB_PROVIDERS, type StubProvider } from '../support/chat-providers.js';
import { exactRequest } from '../support/exact-request.js';
import { encodeMultipart } from '../support/multipart.js';
import { SpeechStub } from '../support/speech-stub.js';
import { openEvents } from '../support/sse-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { tone } from '../support/wav.js';

const MODELS = {
  openai: { retiring: 'gpt-4o-mini', sunset: 'Thu, 14 Jan 2027 00:00:00 GMT', staying: 'gpt-6-sol' },
  anthropic: {
    retiring: 'claude-sonnet-4-5',
    sunset: 'Mon, 30 Nov 2026 00:00:00 GMT',
    staying: 'claude-sonnet-5-5',
  },
} as const;
/** RFC 9745: a date of RFC 9651, in seconds. */
const DEPRECATION = '@1795478400';

const GENERATE = '/api/v1/analysis/generate';

function noticesIn({ headers }: Response) {
  return { deprecation: headers.get('deprecation'), sunset: headers.get('sunset') };
}

/** Collects what the service warns of from now on. */
function warningsOf({ app }: TestApp): string[] {
  const warnings: string[] = [];
  const quiet = () => undefined;
  app.useLogger({ log: quiet, error: quiet, warn: (line: string) => warnings.push(line) });
  return warnings;
}

describe.each(STUB_PROVIDERS)('models that %s is going to switch off', (name, start) => {
  const { retiring, sunset, staying } = MODELS[name as keyof typeof MODELS];
  let provider: StubProvider;
  let service: TestApp;

  beforeAll(async () => {
    provider = await start();
    service = await startTestApp(provider.variables);
  });
  afterAll(async () => {
    await service.close();
    await provider.close();
  });

  const ask = (body: object) => openEvents(`${service.url}${GENERATE}`, { prompt: 'Say hello.', ...body });

  it.each([
    ['answered at once', {}],
    ['streamed', { stream: true }],
  ])('are announced in the headers of what is %s, and those that stay are not', async (_, body) => {
    const [gone, kept] = [await ask({ model: retiring, ...body }), await ask({ model: staying, ...body })];
    expect([gone.status, kept.status]).toEqual([200, 200]);
    expect(noticesIn(gone)).toEqual({ deprecation: DEPRECATION, sunset });
    expect(Date.parse(sunset)).not.toBeNaN();
    expect(noticesIn(kept)).toEqual({ deprecation: null, sunset: null });
    await Promise.all([gone.text(), kept.text()]);
  });

  it('are announced where the call fails as well', async () => {
    provider.chat.failNext(500);
    const response = await ask({ model: retiring, stream: true });
    expect(response.status).toBe(502);
    expect(noticesIn(response)).toEqual({ deprecation: DEPRECATION, sunset });
    await response.text();
  });

  it('are announced in the log, once', async () => {
    const other = await startTestApp(provider.variables);
    const warnings = warningsOf(other);
    for (let call = 0; call < 3; call += 1) {
      const response = await openEvents(`${other.url}${GENERATE}`, { prompt: 'x', model: retiring });
      await response.text();
    }
    await other.close();
    expect(warnings.filter((line) => line.includes('switched off'))).toEqual([
      expect.stringContaining(`${retiring} will be switched off by its provider on 20`),
    ]);
  });
});

describe('models of transcription that are going to be switched off', () => {
  it('are announced in the headers and in the log', async () => {
    const stub = await SpeechStub.start();
    const service = await startTestApp({ OPENAI_BASE_URL: stub.baseUrl, EMBEDDING_MODEL: 'local-lexical' });
    const warnings = warningsOf(service);
    const send = (model: string) =>
      exactRequest(service.url, {
        method: 'POST',
        path: '/api/v1/transcription/transcribe',
        ...encodeMultipart({ model }, [{ name: 'a.wav', content: tone(1) }]),
      });
    const [gone, kept] = [await send('whisper-1'), await send('gpt-transcribe')];
    await service.close();
    await stub.close();
    expect([gone.status, kept.status]).toEqual([200, 200]);
    expect(gone.headers).toMatchObject({ deprecation: DEPRECATION, sunset: 'Fri, 26 Feb 2027 00:00:00 GMT' });
    expect(kept.headers).not.toHaveProperty('sunset');
    expect(warnings).toEqual([expect.stringContaining('whisper-1 will be switched off')]);
  });
});
