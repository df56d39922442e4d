import { burst } from '../support/burst.js';
import { OpenAiStub } from '../support/openai-stub.js';
import { ServiceProcess } from '../support/service-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

interface Generated {
  readonly embedding: readonly number[];
  readonly cached: boolean;
  readonly usage: { readonly prompt_tokens: number };
}

const GENERATE = '/api/v1/embeddings/generate';

/** In a process of its own, because the provider's stub takes turns with a service in this one. */
describe('bursts of texts to embed', () => {
  let stub: OpenAiStub;
  let database: TestDatabase;
  let service: ServiceProcess;

  beforeAll(async () => {
    stub = await OpenAiStub.start();
    database = await createTestDatabase();
    service = await ServiceProcess.start({
      ...database.variables,
      OPENAI_API_KEY: 'sk-hunter2',
      OPENAI_BASE_URL: stub.baseUrl,
      PROVIDER_MAX_RETRIES: '0',
    });
    await service.client.post(GENERATE, { text: 'the first one' });
    stub.reset();
  });
  afterAll(async () => {
    await service.stop();
    await database.remove();
    await stub.close();
  });

  it('needs few calls for 100 texts at once, and one for the same text 100 times', async () => {
    const many = await burst(
      `${service.url}${GENERATE}`,
      Array.from({ length: 100 }, (_, index) => ({ text: `distinct ${index}` })),
    );
    expect(many.map(({ status }) => status)).toEqual(Array(100).fill(200));
    expect(stub.callCount).toBeLessThanOrEqual(8);
    expect(stub.inputs).toHaveLength(100);
    expect(new Set(many.map(({ body }) => body)).size).toBe(100);

    stub.reset();
    const same = await burst(
      `${service.url}${GENERATE}`,
      Array.from({ length: 100 }, () => ({ text: 'always the same' })),
    );
    expect(stub.callCount).toBe(1);
    const answers = same.map(({ body }) => JSON.parse(body) as Generated);
    expect(new Set(answers.map(({ embedding }) => embedding.join())).size).toBe(1);
    expect(answers.filter(({ cached }) => !cached)).toHaveLength(1);
    expect(answers.filter(({ usage }) => usage.prompt_tokens > 0)).toHaveLength(1);
  });
});
