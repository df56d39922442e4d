import { collect } from '../../../../test/support/chat-models.js';
import {
  chatService,
  type ProviderStubs,
  startProviderStubs,
} from '../../../../test/support/chat-service.js';
import { leastTime } from '../../../../test/support/least-time.js';
import { failureOf } from '../../../../test/support/openai-model.js';
import type { ChatModel } from '../chat-model.js';
import { providerFailureOf } from '../provider-failure.js';
import { allowForBusyMachine } from '../../../../test/support/busy-machine.js';

allowForBusyMachine();

const REQUEST = { capability: 'test', messages: [{ role: 'user' as const, content: 'Hi' }] };
const NAME = 'gpt-4o-mini';
const FALLBACK = { LLM_FALLBACK_MODELS: 'claude-haiku-4-5' };
/** Of a measurement; the first ones pay for what is made once. */
const ROUNDS = 10;
const NO_RETRIES = { PROVIDER_MAX_RETRIES: '0' };

const WAYS: [string, (model: ChatModel) => Promise<unknown>][] = [
  ['complete', (model) => model.complete(REQUEST)],
  ['stream', (model) => collect(model.stream(REQUEST))],
];

describe('the resilience of chat models', () => {
  let stubs: ProviderStubs;
  let service: ReturnType<typeof chatService>;

  function model(settings: Record<string, string> = {}): ChatModel {
    service = chatService({ ...stubs.settings, ...settings });
    return service.models.get(NAME);
  }

  beforeAll(async () => {
    stubs = await startProviderStubs();
  });

  beforeEach(() => {
    stubs.reset();
  });

  afterEach(async () => {
    await service.close();
  });

  afterAll(async () => {
    await stubs.close();
  });

  describe.each(WAYS)('%s', (_way, ask) => {
    it('ends within LLM_TOTAL_TIMEOUT_MS, ±10 %, however often it is tried', async () => {
      const asked = model({ LLM_TOTAL_TIMEOUT_MS: '500', PROVIDER_TIMEOUT_MS: '10000' });
      let error: Error | undefined;
      const elapsedMs = await leastTime(async () => {
        stubs.openai.scriptNext({ kind: 'stall', when: 'before' });
        error = await failureOf(ask(asked));
      }, 550);
      expect(elapsedMs).toBeGreaterThan(450);
      expect(elapsedMs).toBeLessThan(550);
      expect(error).toMatchObject({
        code: 'provider-timeout',
        message: expect.stringContaining('answered within LLM_TOTAL_TIMEOUT_MS') as string,
      });
    });

    it('fails in less than 5 ms once the breaker is open, and says when to come back', async () => {
      const asked = model({ ...NO_RETRIES, PROVIDER_BREAKER_FAILURES: '2' });
      stubs.openai.failNext(503, { count: 2 });
      for (let call = 0; call < 2; call += 1) await failureOf(ask(asked));
      let error: Error | undefined;

      const elapsedMs = await leastTime(async () => {
        error = await failureOf(ask(asked));
      }, 5);

      expect(elapsedMs).toBeLessThan(5);
      expect(error).toMatchObject({ code: 'unavailable', retryAfterSeconds: 10 });
      expect(providerFailureOf(error)).toMatchObject({ kind: 'suspended' });
      expect(String((providerFailureOf(error)?.cause as Error).cause)).toContain('outage (503)');
      expect(stubs.openai.calls).toHaveLength(2);
    });

    it('falls back in less than 5 ms more than the other provider takes once the breaker is open', async () => {
      const asked = model({ ...NO_RETRIES, ...FALLBACK, PROVIDER_BREAKER_FAILURES: '1' });
      stubs.openai.failNext(503);
      await ask(asked);

      const other = service.models.get(FALLBACK.LLM_FALLBACK_MODELS);
      const leastTimes = { fallback: Infinity, direct: Infinity };
      const timeUntilCalled = async (called: ChatModel) => {
        const calls = stubs.anthropic.calls.length;
        const startedAt = performance.now();
        const answer = ask(called);
        await stubs.anthropic.untilCalled(calls + 1);
        const elapsedMs = performance.now() - startedAt;
        await expect(answer).resolves.toBeDefined();
        return elapsedMs;
      };
      for (let round = 1; round <= ROUNDS; round += 1) {
        leastTimes.fallback = Math.min(leastTimes.fallback, await timeUntilCalled(asked));
        leastTimes.direct = Math.min(leastTimes.direct, await timeUntilCalled(other));
      }

      expect(leastTimes.fallback - leastTimes.direct).toBeLessThan(5);
      expect(stubs.openai.calls).toHaveLength(1);
    });

    it('closes the breaker by itself once the provider answers again', async () => {
      const asked = model({ ...NO_RETRIES, PROVIDER_BREAKER_FAILURES: '1', PROVIDER_BREAKER_OPEN_MS: '50' });
      stubs.openai.failNext(503);
      await failureOf(ask(asked));

      let answer: unknown = null;
      while (answer === null) answer = await ask(asked).catch(() => null);

      await expect(Promise.all([ask(asked), ask(asked)])).resolves.toHaveLength(2);
      expect(stubs.openai.calls).toHaveLength(4);
    });

    it('keeps every cause when all models fail', async () => {
      const asked = model({ ...NO_RETRIES, ...FALLBACK });
      stubs.openai.failNext(503);
      stubs.anthropic.failNext(429);

      const error = await failureOf(ask(asked));

      expect(error).toMatchObject({ code: 'provider-error' });
      const causes = (providerFailureOf(error)?.cause as AggregateError).errors.map(providerFailureOf);
      expect(causes).toMatchObject([
        { provider: 'openai', kind: 'outage', status: 503 },
        { provider: 'anthropic', kind: 'rate-limit', status: 429 },
      ]);
    });

    it('tries again after an outage, and answers', async () => {
      const asked = model();
      stubs.openai.failNext(503, { count: 2 });
      await ask(asked);
      expect(stubs.openai.calls).toHaveLength(3);
      expect(service.states.all()).toMatchObject({ openai: 'up' });
    });
  });

  it('retries a stream only before its first event', async () => {
    const asked = model(FALLBACK);
    stubs.openai.scriptNext({ kind: 'reset', when: 'mid-body' });
    const events: string[] = [];

    const error = await failureOf(
      (async () => {
        for await (const event of asked.stream(REQUEST)) events.push(event.type);
      })(),
    );

    expect(providerFailureOf(error)).toMatchObject({ kind: 'interrupted' });
    expect(new Set(events)).toEqual(new Set(['delta']));
    expect([stubs.openai.calls.length, stubs.anthropic.calls.length]).toEqual([1, 0]);
  });

  it('lets no more calls through at a time than PROVIDER_MAX_CONCURRENCY, streams included', async () => {
    const asked = model({ PROVIDER_MAX_CONCURRENCY: '2' });
    stubs.openai.scriptNext({ kind: 'stall', when: 'mid-body' }, 2);
    const controller = new AbortController();
    const stalled = [0, 1].map(() =>
      failureOf(collect(asked.stream({ ...REQUEST, signal: controller.signal }))),
    );
    await stubs.openai.untilCalled(2);
    const third = asked.complete(REQUEST);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stubs.openai.calls).toHaveLength(2);

    controller.abort(new Error('client left'));

    await expect(third).resolves.toMatchObject({ finishReason: 'stop' });
    await Promise.all(stalled);
  });

  it('counts each call’s use by capability, provider and model: the parts make up the whole', async () => {
    const asked = model({ ...NO_RETRIES, ...FALLBACK });
    const spent = [
      await asked.complete(REQUEST),
      await asked.complete({ ...REQUEST, capability: 'other' }),
      await service.models.get('openai/unheard-of').complete(REQUEST),
    ];
    stubs.openai.failNext(503);
    spent.push(await asked.complete(REQUEST));
    for await (const event of asked.stream(REQUEST)) if (event.type === 'done') spent.push(event.completion);

    const total = service.meter.total();

    const sumOf = (pick: (usage: (typeof spent)[0]['usage']) => number) =>
      spent.reduce((sum, { usage }) => sum + pick(usage), 0);
    expect(total).toEqual({
      calls: 6,
      failedCalls: 1,
      promptTokens: sumOf(({ promptTokens }) => promptTokens),
      completionTokens: sumOf(({ completionTokens }) => completionTokens),
      costUsd: expect.closeTo(
        sumOf(({ costUsd }) => costUsd ?? 0),
        12,
      ) as number,
      unpricedCalls: 1,
    });
    const rows = service.meter.snapshot();
    expect(
      rows.map(({ capability, provider, model: name, calls }) => [capability, provider, name, calls]),
    ).toEqual([
      ['test', 'openai', NAME, 3],
      ['other', 'openai', NAME, 1],
      ['test', 'openai', 'openai/unheard-of', 1],
      ['test', 'anthropic', 'claude-haiku-4-5', 1],
    ]);
    for (const field of [
      'calls',
      'failedCalls',
      'promptTokens',
      'completionTokens',
      'unpricedCalls',
    ] as const)
      expect(rows.reduce((sum, row) => sum + row[field], 0)).toBe(total[field]);
  });
});
