import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../src/common/errors/app-error.js';
import { ERROR_TABLE } from '../../src/common/errors/error-table.js';
import type { ChatModel } from '../../src/core/llm/chat-model.js';
import { providerFailureOf } from '../../src/core/llm/provider-failure.js';
import { chatService, type ProviderStubs, startProviderStubs } from '../support/chat-service.js';
import type { ChatScript, ChatStub, ListeningChatStub } from '../support/chat-stub.js';

const DOCUMENT = join(import.meta.dirname, '../../docs/provider-failures.md');
const REQUEST = { capability: 'test', messages: [{ role: 'user' as const, content: 'Hi' }] };
const SCHEMA = { name: 'answer', json: { type: 'object', properties: { a: { type: 'string' } } } };
const NAMES = { openai: 'gpt-4o-mini', anthropic: 'claude-haiku-4-5' } as const;
const CALLS = 20;
const MAX_WAITING_CALLS = 1000;

type Provider = keyof typeof NAMES;
type Ask = (model: ChatModel) => Promise<unknown>;

interface Scenario {
  readonly arrange: (stub: ListeningChatStub) => void | Promise<void>;
  readonly ask?: Ask;
  readonly settings?: Record<string, string>;
  /** What happens before the call that is looked at, until `signal` fires. */
  readonly before?: (model: ChatModel, stub: ChatStub, signal: AbortSignal) => Promise<unknown>;
}

const complete: Ask = (model) => model.complete(REQUEST);
const structured: Ask = (model) => model.completeStructured({ ...REQUEST, schema: SCHEMA });
const stream: Ask = async (model) => {
  let done: unknown;
  for await (const event of model.stream(REQUEST)) if (event.type === 'done') done = event.completion;
  return done;
};

const always = (script: ChatScript) => (stub: ChatStub) => {
  stub.scriptNext(script, CALLS);
};
const status = (code: number, headers: Record<string, string> = {}): Scenario => ({
  arrange: (stub) => {
    stub.failNext(code, { headers, count: CALLS });
  },
});
const IN_TIME = { PROVIDER_TIMEOUT_MS: '150' };

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  '429, Retry-After: 1': status(429, { 'retry-after': '1' }),
  '429, Retry-After: 600': status(429, { 'retry-after': '600' }),
  'connection refused': { arrange: (stub) => stub.refuse() },
  'connection reset': { arrange: always({ kind: 'reset', when: 'before' }) },
  'reset mid-body': { arrange: always({ kind: 'reset', when: 'mid-body' }) },
  'no answer in time': { arrange: always({ kind: 'stall', when: 'before' }), settings: IN_TIME },
  'half an answer in time': { arrange: always({ kind: 'stall', when: 'mid-body' }), settings: IN_TIME },
  'stream cut before any token': { arrange: always({ kind: 'cut', afterEvents: 1 }), ask: stream },
  'stream reset after a token': { arrange: always({ kind: 'reset', when: 'mid-body' }), ask: stream },
  'stream stalled after a token': {
    arrange: always({ kind: 'stall', when: 'mid-body' }),
    ask: stream,
    settings: IN_TIME,
  },
  'no choices, no content': {
    arrange: always({ kind: 'spoil', change: (answer) => ({ ...answer, choices: [], content: [] }) }),
  },
  'no JSON': { arrange: always({ kind: 'spoil', change: () => '<html>' }) },
  'an empty text': {
    arrange: (stub) => {
      stub.usualReply = { content: '', end: 'stop', promptTokens: 1, completionTokens: 1 };
    },
  },
  'an answer of another shape': { arrange: always({ kind: 'spoil', change: () => ({ hello: 'world' }) }) },
  ...forEnds('refusal', 'refusal'),
  ...forEnds('length', 'truncated'),
  'breaker open': {
    ...status(503),
    settings: { PROVIDER_BREAKER_FAILURES: '1', PROVIDER_MAX_RETRIES: '0' },
    before: (model) => complete(model),
  },
  'too many calls waiting': {
    arrange: always({ kind: 'stall', when: 'before' }),
    settings: { PROVIDER_MAX_CONCURRENCY: '1' },
    before: async (model, stub, signal) => {
      const calls = Array.from({ length: 1 + MAX_WAITING_CALLS }, () =>
        model.complete({ ...REQUEST, signal }),
      );
      void Promise.allSettled(calls);
      await stub.untilCalled();
    },
  },
};

function forEnds(end: 'refusal' | 'length', name: string): Record<string, Scenario> {
  const arrange = (stub: ChatStub) => {
    stub.usualReply = { content: '{"a":', end, promptTokens: 1, completionTokens: 1 };
  };
  return {
    [`${name} where text is asked`]: { arrange },
    [`${name} where data is asked`]: { arrange, ask: structured },
  };
}

interface Row {
  readonly cause: string;
  readonly kind: string;
  readonly retried: string;
  readonly fallback: string;
  readonly breaker: string;
  readonly status: string;
}

const rows = readRows();

describe('docs/provider-failures.md', () => {
  let stubs: ProviderStubs;

  beforeAll(async () => {
    stubs = await startProviderStubs();
  });

  afterAll(async () => {
    await stubs.close();
  });

  it('has a row for everything that is tried here, and nothing else', () => {
    const causes = rows.map(({ cause }) => cause);
    const statuses = causes.filter((cause) => /^\d{3}$/u.test(cause));
    expect(causes.toSorted()).toEqual([...statuses, ...Object.keys(SCENARIOS)].toSorted());
    expect(rows.length).toBeGreaterThan(30);
  });

  const cases = rows.flatMap((row) => [
    ['openai', 'anthropic', row] as const,
    ['anthropic', 'openai', row] as const,
  ]);

  it.each(cases.map(([first, other, row]) => [first, row.cause, other, row] as const))(
    '%s: %s',
    async (first, _cause, other, row) => {
      const scenario = SCENARIOS[row.cause] ?? status(Number(row.cause));
      const alone = await outcomeOf(stubs, first, scenario, {});
      const helped = await outcomeOf(stubs, first, scenario, { LLM_FALLBACK_MODELS: NAMES[other] });

      expect({
        cause: row.cause,
        kind: alone.kind,
        retried: alone.attempts > 1 ? 'yes' : 'no',
        fallback: helped.provider === other ? 'yes' : 'no',
        breaker: row.breaker,
        status: String(alone.status),
      }).toEqual(row);
      expect(alone.opensBreaker).toBe(row.breaker === 'yes');
    },
  );
});

interface Outcome {
  readonly status: number;
  readonly kind: string;
  readonly attempts: number;
  readonly provider: string | null;
  readonly opensBreaker: boolean;
}

async function outcomeOf(
  stubs: ProviderStubs,
  provider: Provider,
  scenario: Scenario,
  more: Record<string, string>,
): Promise<Outcome> {
  stubs.reset();
  const stub = stubs[provider];
  const settings = {
    PROVIDER_MAX_RETRIES: '1',
    PROVIDER_BREAKER_FAILURES: '2',
    ...stubs.settings,
    ...scenario.settings,
  };
  const service = chatService({ ...settings, ...more });
  const ask = scenario.ask ?? complete;
  const model = service.models.get(NAMES[provider]);
  await scenario.arrange(stub);
  const meanwhile = new AbortController();
  await scenario.before?.(model, stub, meanwhile.signal).catch(() => undefined);
  const before = callsTo(service, provider);
  const result = await ask(model).catch((error: unknown) => error as Error);
  const attempts = callsTo(service, provider) - before;
  const isAnswer = !(result instanceof Error);
  const kind = isAnswer ? '' : (providerFailureOf(result)?.kind ?? 'none');
  const opensBreaker =
    kind !== 'suspended' && Object.keys(more).length === 0 && (await isSuspended(model, ask));
  meanwhile.abort();
  await service.close();
  await stub.accept();
  return {
    status: isAnswer ? 200 : result instanceof AppError ? ERROR_TABLE[result.code].status : 500,
    kind,
    attempts,
    provider: isAnswer ? (result as { provider: string }).provider : null,
    opensBreaker,
  };
}

/** Whether the same again ends with the provider being left alone. */
async function isSuspended(model: ChatModel, ask: Ask): Promise<boolean> {
  await ask(model).catch(() => undefined);
  const error = await ask(model).catch((caught: unknown) => caught);
  return providerFailureOf(error)?.kind === 'suspended';
}

function callsTo({ meter }: ReturnType<typeof chatService>, provider: Provider): number {
  return meter.snapshot().reduce((sum, row) => sum + (row.provider === provider ? row.calls : 0), 0);
}

function readRows(): Row[] {
  return readFileSync(DOCUMENT, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:Cause|-)/u.test(line))
    .map((line) => {
      const [cause = '', kind = '', retried = '', fallback = '', breaker = '', code = ''] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return { cause, kind, retried, fallback, breaker, status: code };
    });
}
