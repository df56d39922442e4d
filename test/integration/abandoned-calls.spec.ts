import type { ChatModel } from '../../src/core/llm/chat-model.js';
import { collect } from '../support/chat-models.js';
import {
  type ChatService,
  chatService,
  type ProviderStubs,
  startProviderStubs,
} from '../support/chat-service.js';
import { eventually } from '../support/eventually.js';
import { heldHeapBytes } from '../support/garbage.js';
import { failureOf } from '../support/openai-model.js';

const CALLS = 200;
const AT_ONCE = 50;
const KIBIBYTE = 1024;
/** Sent with each call, so that what one call leaves behind is seen after 200. */
const PROMPT_BYTES = 50 * KIBIBYTE;
/** A fifth of what all prompts together take. */
const MOST_HELD_BYTES = (CALLS * PROMPT_BYTES) / 5;
const NAMES = { openai: 'gpt-6-sol', anthropic: 'claude-sonnet-5-5' } as const;

interface Case {
  readonly way: string;
  readonly ask: (model: ChatModel, prompt: string, signal: AbortSignal) => Promise<unknown>;
  readonly when: 'before' | 'mid-body';
}

const WAYS: readonly Case[] = [
  {
    way: 'answers that never begin',
    ask: (model, prompt, signal) => model.complete({ ...asking(prompt), signal }),
    when: 'before',
  },
  {
    way: 'streams that stop in the middle',
    ask: (model, prompt, signal) => collect(model.stream({ ...asking(prompt), signal })),
    when: 'mid-body',
  },
];

function asking(content: string) {
  return { capability: 'test', messages: [{ role: 'user' as const, content }] };
}

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
const handles = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;

describe.each(['openai', 'anthropic'] as const)('calls to %s that lead to nothing', (provider) => {
  let stubs: ProviderStubs;
  let service: ChatService;

  beforeAll(async () => {
    stubs = await startProviderStubs();
  });
  beforeEach(() => {
    stubs.reset();
  });
  afterAll(() => stubs.close());

  const CASES = WAYS.flatMap((one) => (['given up', 'too late'] as const).map((end) => ({ ...one, end })));

  it.each(CASES)('leave nothing behind: $way, $end', async ({ when, ask, end }) => {
    service = chatService({
      ...stubs.settings,
      PROVIDER_MAX_CONCURRENCY: String(AT_ONCE),
      PROVIDER_BREAKER_FAILURES: '1000',
      PROVIDER_TIMEOUT_MS: end === 'too late' ? '1500' : '60000',
    });
    const stub = stubs[provider];
    const model = service.models.get(NAMES[provider]);

    async function callInVain(round: number): Promise<void> {
      stub.scriptNext({ kind: 'stall', when }, AT_ONCE);
      const controller = new AbortController();
      const calls = Array.from({ length: AT_ONCE }, (_, index) =>
        failureOf(ask(model, `${round} ${index} `.padEnd(PROMPT_BYTES, 'x'), controller.signal)),
      );
      await stub.untilCalled(AT_ONCE);
      if (end === 'given up') controller.abort(new Error('client left'));
      const errors = await Promise.all(calls);
      await stub.untilAbandoned(AT_ONCE);
      expect(errors.every((error) => error instanceof Error)).toBe(true);
      stubs.reset();
    }

    const handlesAtFirst = handles();
    // What is made once, such as compiled code and connections, is made by the first ones.
    await callInVain(0);
    const before = { heap: await heldHeapBytes(), timers: timers() };

    for (let round = 1; round <= CALLS / AT_ONCE; round += 1) await callInVain(round);

    await eventually(() => {
      // The pool keeps connections for the next calls, and never more than it had.
      expect(stub.sockets.size).toBeLessThanOrEqual(AT_ONCE);
      expect(timers()).toBeLessThanOrEqual(before.timers);
      // Each of them has two ends in this process.
      expect(handles()).toBeLessThanOrEqual(handlesAtFirst + 2 * AT_ONCE);
    });
    await eventually(async () => {
      expect((await heldHeapBytes()) - before.heap).toBeLessThan(MOST_HELD_BYTES);
    });
    await expect(model.complete(asking('Hi'))).resolves.toMatchObject({ finishReason: 'stop' });
    await service.close();
    await eventually(() => {
      expect(stub.sockets.size).toBe(0);
    });
  });
});
