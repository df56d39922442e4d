import { chatService, type ChatService } from '../../../test/support/chat-service.js';
import { ANTHROPIC_CHAT, OPENAI_CHAT } from '../../../test/support/chat-protocols.js';
import { ListeningChatStub } from '../../../test/support/chat-stub.js';
import { CHAT_CATALOG } from './chat-catalog.js';
import type { ChatModels } from './chat-models.js';
import { UnknownModelError } from './unknown-model.error.js';

const BOTH = { OPENAI_API_KEY: 'a', ANTHROPIC_API_KEY: 'b' };
const opened: ChatService[] = [];

function models(variables: Record<string, string>): ChatModels {
  const service = chatService(variables);
  opened.push(service);
  return service.models;
}

describe('ChatModels', () => {
  afterAll(async () => {
    for (const service of opened) await service.close();
  });

  it.each<[Record<string, string>, string | undefined, string, string]>([
    [{ OPENAI_API_KEY: 'a' }, undefined, 'openai', 'gpt-6.1-terra'],
    [{ ANTHROPIC_API_KEY: 'b' }, undefined, 'anthropic', 'claude-sonnet-5-5'],
    [BOTH, undefined, 'openai', 'gpt-6.1-terra'],
    [{ ...BOTH, DEFAULT_LLM_MODEL: 'claude-opus-5-5' }, undefined, 'anthropic', 'claude-opus-5-5'],
    [{ ...BOTH, DEFAULT_LLM_MODEL: 'claude-opus-5-5' }, 'gpt-5.1', 'openai', 'gpt-5.1'],
    [BOTH, 'openai/gpt-5.1', 'openai', 'gpt-5.1'],
    [BOTH, 'gpt-99', 'openai', 'gpt-99'],
    [BOTH, 'openai/gpt-99', 'openai', 'gpt-99'],
    [BOTH, 'o3', 'openai', 'o3'],
    [BOTH, 'o4-mini', 'openai', 'o4-mini'],
    [BOTH, 'chatgpt-4o-latest', 'openai', 'chatgpt-4o-latest'],
    [BOTH, 'claude-9', 'anthropic', 'claude-9'],
    [BOTH, 'anthropic/some', 'anthropic', 'anthropic/some'],
    [BOTH, 'claude-haiku-4-5-20251001', 'anthropic', 'claude-haiku-4-5-20251001'],
    [{ OPENAI_BASE_URL: 'http://localhost:1/v1' }, 'openai/llama-4', 'openai', 'openai/llama-4'],
    [
      { OPENAI_BASE_URL: 'http://localhost:1/v1', DEFAULT_LLM_MODEL: 'llama-4' },
      undefined,
      'openai',
      'llama-4',
    ],
    [
      { OPENAI_BASE_URL: 'http://localhost:1/v1', DEFAULT_LLM_MODEL: 'llama-4' },
      'llama-4',
      'openai',
      'llama-4',
    ],
  ])('with %j, %s is a model of %s, %s', (variables, id, provider, expected) => {
    expect(models(variables).get(id).descriptor).toMatchObject({ provider, id: expected });
  });

  it('knows a model’s price by each of its names', () => {
    const chat = models(BOTH);
    expect(chat.get('gpt-4o-mini-2024-07-18').descriptor).toEqual({
      ...chat.get('gpt-4o-mini').descriptor,
      id: 'gpt-4o-mini-2024-07-18',
    });
    expect(chat.get('gpt-99').descriptor).toMatchObject({
      pricePerMillionInputTokens: null,
      pricePerMillionOutputTokens: null,
      maxOutputTokens: null,
      retiresOn: null,
    });
  });

  it.each([
    [{ OPENAI_API_KEY: 'a' }, 'claude-opus-5-5', 'ANTHROPIC_API_KEY'],
    [{ ANTHROPIC_API_KEY: 'a' }, 'gpt-5.1', 'OPENAI_API_KEY'],
    [{}, undefined, 'OPENAI_API_KEY'],
    [{}, 'claude-opus-5-5', 'ANTHROPIC_API_KEY'],
  ])('with %j, %s is not configured', (variables: Record<string, string>, id, setting) => {
    let error: unknown;
    try {
      models(variables).get(id);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({
      code: 'not-configured',
      message: expect.stringContaining(setting) as string,
    });
  });

  it.each(['llama-4', 'google/gemini', 'openai/', 'openai/with blank', `gpt-${'x'.repeat(200)}`, ''])(
    'does not know %j',
    (id) => {
      expect(() => models(BOTH).get(id)).toThrow(UnknownModelError);
    },
  );

  it('says what an unknown one would need where no provider is configured', () => {
    expect(() => models({}).get('whatever')).toThrow(
      'must be a language model, which needs OPENAI_API_KEY or OPENAI_BASE_URL, ' +
        'or ANTHROPIC_API_KEY or ANTHROPIC_BASE_URL',
    );
  });

  it('lists what can be used, the default first', () => {
    expect(models({}).list()).toEqual([]);
    expect(models({}).isConfigured).toBe(false);
    const chat = models({ ...BOTH, DEFAULT_LLM_MODEL: 'claude-opus-5-5' });
    expect(chat.isConfigured).toBe(true);
    expect(chat.list()).toHaveLength(CHAT_CATALOG.length);
    expect(chat.list()[0]!.id).toBe('claude-opus-5-5');
    expect(chat.isDefault('claude-opus-5-5')).toBe(true);
    expect(
      models({ ANTHROPIC_API_KEY: 'b' })
        .list()
        .every(({ provider }) => provider === 'anthropic'),
    ).toBe(true);
  });

  it.each([
    [{ DEFAULT_LLM_MODEL: 'gpt-5.1' }, 'DEFAULT_LLM_MODEL names gpt-5.1, which needs OPENAI_API_KEY'],
    [
      { OPENAI_API_KEY: 'a', LLM_FALLBACK_MODELS: 'gpt-5.1, claude-opus-5-5' },
      'LLM_FALLBACK_MODELS names claude',
    ],
  ])('does not start with %j', (variables: Record<string, string>, message) => {
    expect(() => models(variables)).toThrow(message);
  });

  it('keeps no more models than a few', () => {
    const chat = models(BOTH);
    const first = chat.get('gpt-100');
    expect(chat.get('gpt-100')).toBe(first);
    for (let index = 0; index < 100; index += 1) chat.get(`gpt-1000-${index}`);
    expect(chat.get('gpt-100')).not.toBe(first);
  });

  it('falls back to the other provider, and says who answered', async () => {
    const openai = await ListeningChatStub.listen(OPENAI_CHAT);
    const anthropic = await ListeningChatStub.listen(ANTHROPIC_CHAT);
    const chat = models({
      ...BOTH,
      OPENAI_BASE_URL: `${openai.origin}/v1`,
      ANTHROPIC_BASE_URL: anthropic.origin,
      LLM_FALLBACK_MODELS: 'claude-haiku-4-5',
      PROVIDER_MAX_RETRIES: '0',
    });
    openai.failNext(503, { count: 2 });
    const request = { capability: 'test', messages: [{ role: 'user' as const, content: 'Hi' }] };

    const completion = await chat.get('gpt-4o-mini').complete(request);
    const events = [];
    for await (const event of chat.get('gpt-4o-mini').stream(request)) events.push(event);

    expect(completion).toMatchObject({ provider: 'anthropic', model: 'claude-haiku-4-5' });
    expect(events.at(-1)).toMatchObject({ completion: { provider: 'anthropic', model: 'claude-haiku-4-5' } });
    await openai.close();
    await anthropic.close();
  });
});
