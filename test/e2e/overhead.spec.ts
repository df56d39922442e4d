import { setTimeout as sleep } from 'node:timers/promises';
import { exactRequest } from '../support/exact-request.js';
import { goodReply } from '../support/model-answers.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { allowForBusyMachine } from '../support/busy-machine.js';

allowForBusyMachine();

/** How long the provider takes; far longer than the service does. */
const PROVIDER_MS = 1500;

describe('x-overhead-ms', () => {
  let service: TestApp;
  let stub: OpenAiStub;

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    stub.chat.usualReply = goodReply;
    service = await startTestApp({
      OPENAI_API_KEY: 'sk-hunter2',
      OPENAI_BASE_URL: stub.baseUrl,
      EMBEDDING_MODEL: 'text-embedding-3-small',
    });
  });

  afterAll(async () => {
    await service.close();
    await stub.close();
  });

  const embed = (text: string) =>
    exactRequest(service.url, {
      method: 'POST',
      path: '/api/v1/embeddings/generate',
      body: JSON.stringify({ text }),
    });

  it('leaves out the time that the provider takes, for each of those who share a call', async () => {
    await embed('a first one, with all that is done only once');
    const callsBefore = stub.callCount;
    const release = stub.hold();
    const answers = Promise.all([embed('one text'), embed('another text')]);
    await stub.untilCalled(callsBefore + 1);
    await sleep(PROVIDER_MS);
    release();
    for (const { status, headers } of await answers) {
      expect(status).toBe(200);
      expect(Number(headers['x-overhead-ms'])).toBeGreaterThan(0);
      expect(Number(headers['x-overhead-ms'])).toBeLessThan(PROVIDER_MS);
    }
  });

  it('is on errors too, and not on what is about the service itself', async () => {
    const refused = await embed('');
    expect(refused.status).toBe(422);
    expect(Number(refused.headers['x-overhead-ms'])).toBeGreaterThan(0);
    expect((await exactRequest(service.url, { path: '/health' })).headers).not.toHaveProperty(
      'x-overhead-ms',
    );
  });
});
