import { loadConfig } from '../../../../config/load-config.js';
import { OpenAiClient } from './openai-client.js';

describe('OpenAiClient', () => {
  it('is none where neither key nor address is set', () => {
    expect(new OpenAiClient(loadConfig({})).sdk).toBeNull();
  });

  it('takes nothing from the environment but the settings', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      OPENAI_BASE_URL: 'http://elsewhere.invalid/v1',
      OPENAI_ORG_ID: 'org-elsewhere',
      OPENAI_PROJECT_ID: 'project-elsewhere',
      OPENAI_ADMIN_KEY: 'admin-elsewhere',
    });

    const client = new OpenAiClient(loadConfig({ OPENAI_API_KEY: 'sk-test', PROVIDER_TIMEOUT_MS: '1234' }));
    process.env = before;
    await client.onApplicationShutdown();

    expect(client.sdk).toMatchObject({
      apiKey: 'sk-test',
      baseURL: 'https://api.openai.com/v1',
      organization: null,
      project: null,
      adminAPIKey: null,
      maxRetries: 0,
      timeout: 1234,
    });
  });

  it('limits concurrent calls to PROVIDER_MAX_CONCURRENCY', async () => {
    const { callLimit } = new OpenAiClient(loadConfig({ PROVIDER_MAX_CONCURRENCY: '2' }));
    let running = 0;
    let most = 0;

    await Promise.all(
      Array.from({ length: 6 }, () =>
        callLimit.run(async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
        }),
      ),
    );

    expect(most).toBe(2);
  });

  it('refuses calls when very many are waiting', async () => {
    const { callLimit } = new OpenAiClient(loadConfig({ PROVIDER_MAX_CONCURRENCY: '1' }));
    let finish = (): void => undefined;
    const task = () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      });
    const running = callLimit.run(task);
    const waiting = Array.from({ length: 1000 }, () => callLimit.run(() => Promise.resolve()));

    await expect(callLimit.run(task)).rejects.toMatchObject({ code: 'unavailable' });
    finish();
    await Promise.all([running, ...waiting]);
  });
});
