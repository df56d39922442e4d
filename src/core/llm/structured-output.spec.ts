import {
  ChoiceField,
  IntegerField,
  ObjectListField,
  TextField,
} from '../../common/validation/field.decorators.js';
import {
  type ChatAdapterUnderTest,
  anthropicChatUnderTest,
  openAiChatUnderTest,
} from '../../../test/support/chat-models.js';
import { failureOf } from '../../../test/support/openai-model.js';
import { ClientSchemas } from './client-schema.js';
import { SchemaWorker } from './schema-worker.js';
import { providerFailureOf } from './provider-failure.js';
import { askForJson, askForObject } from './structured-output.js';

class AspectDto {
  @TextField({ description: 'What it is about.', maxLength: 50 })
  aspect!: string;

  @IntegerField({ description: 'From 1 to 5.', min: 1, max: 5, optional: true })
  stars?: number;
}

class VerdictDto {
  @ChoiceField({ description: 'The verdict.', choices: ['good', 'bad'] })
  verdict!: string;

  @ObjectListField(() => AspectDto, { description: 'Its reasons.', minItems: 1, maxItems: 3 })
  aspects!: AspectDto[];
}

const REQUEST = {
  capability: 'test',
  system: 'Judge.',
  messages: [{ role: 'user' as const, content: 'Nice room.' }],
};
const QUESTION = { ...REQUEST, type: VerdictDto, name: 'verdict' };
const GOOD = { verdict: 'good', aspects: [{ aspect: 'room', stars: 4 }] };

describe.each([
  ['OpenAI', openAiChatUnderTest],
  ['Anthropic', anthropicChatUnderTest],
])('structured output of %s', (_name, make) => {
  let adapter: ChatAdapterUnderTest;

  const reply = (data: unknown) => {
    adapter.stub.replyNext({ content: JSON.stringify(data), promptTokens: 10, completionTokens: 3 });
  };

  beforeAll(async () => {
    adapter = await make();
  });

  beforeEach(() => {
    adapter.stub.reset();
  });

  afterAll(async () => {
    await adapter.close();
  });

  it('is an object of the class, asked for by its schema', async () => {
    reply(GOOD);

    const { answer, usage, model } = await askForObject(adapter.model(), QUESTION);

    expect(answer).toBeInstanceOf(VerdictDto);
    expect(answer).toEqual(GOOD);
    expect(answer.aspects[0]).toBeInstanceOf(AspectDto);
    expect(usage).toMatchObject({ promptTokens: 10, completionTokens: 3 });
    expect(model).toBe(adapter.model().descriptor.id);
    const sent = JSON.stringify(adapter.stub.calls[0]!.body);
    for (const part of ['"enum":["good","bad"]', 'What it is about.', '"additionalProperties":false'])
      expect(sent).toContain(part);
  });

  it('is repaired once, by saying what was wrong, and costs what both calls cost', async () => {
    reply({ ...GOOD, verdict: 'perhaps' });
    reply(GOOD);

    const { answer, usage } = await askForObject(adapter.model(), QUESTION);

    expect(answer).toEqual(GOOD);
    expect(usage).toMatchObject({ promptTokens: 20, completionTokens: 6 });
    const { messages } = adapter.stub.calls[1]!.body;
    expect(messages.at(-2)).toMatchObject({
      role: 'assistant',
      content: expect.stringContaining('perhaps') as string,
    });
    expect(messages.at(-1)!.content).toContain('answer.verdict must be one of good, bad');
  });

  it.each([
    ['a wrong type', { ...GOOD, aspects: [{ aspect: 5 }] }],
    ['a missing field', { verdict: 'good' }],
    ['nothing', {}],
    ['a list', [GOOD]],
    ['a number', 7],
    ['too many items', { ...GOOD, aspects: Array.from({ length: 4 }, () => ({ aspect: 'a' })) }],
  ])('fails when two answers are of the wrong shape: %s', async (_, data) => {
    reply(data);
    reply(data);

    const error = await failureOf(askForObject(adapter.model(), QUESTION));

    expect(error).toMatchObject({ code: 'provider-error' });
    expect(providerFailureOf(error)).toMatchObject({
      kind: 'nonsense',
      usage: { promptTokens: 20, completionTokens: 6 },
    });
    expect(adapter.stub.calls).toHaveLength(2);
  });

  it('is repaired when it is no JSON', async () => {
    adapter.stub.replyNext({ content: 'Sure, it is good.' });
    reply(GOOD);
    await expect(askForObject(adapter.model(), QUESTION)).resolves.toMatchObject({
      answer: GOOD,
      usage: { promptTokens: 22, completionTokens: 8 },
    });
  });

  it('is not asked for again after a refusal or a failure', async () => {
    adapter.stub.replyNext({ content: 'No.', end: 'refusal' });
    await expect(askForObject(adapter.model(), QUESTION)).rejects.toMatchObject({ code: 'provider-error' });
    adapter.stub.failNext(500);
    await expect(askForObject(adapter.model(), QUESTION)).rejects.toMatchObject({ code: 'provider-error' });
    expect(adapter.stub.calls).toHaveLength(2);
  });

  it('keeps rules that no schema can say', async () => {
    reply(GOOD);
    reply({ ...GOOD, verdict: 'bad' });
    const check = ({ verdict }: VerdictDto) => (verdict === 'good' ? ['the verdict must not be good'] : []);

    await expect(askForObject(adapter.model(), { ...QUESTION, check })).resolves.toMatchObject({
      answer: { verdict: 'bad' },
    });
    expect(adapter.stub.calls[1]!.body.messages.at(-1)!.content).toContain('the verdict must not be good');
  });

  it('is valid against a client’s schema', async () => {
    const worker = new SchemaWorker();
    const schema = await new ClientSchemas(worker).read({
      type: 'object',
      properties: {
        id: { type: 'string', pattern: '^[a-z]+$' },
        size: { $ref: '#/$defs/Size' },
      },
      required: ['id'],
      $defs: { Size: { type: 'integer', minimum: 1 } },
    });
    reply({ id: 'ABC' });
    reply({ id: 'abc', size: 2 });

    await expect(askForJson(adapter.model(), { ...REQUEST, schema })).resolves.toMatchObject({
      answer: { id: 'abc', size: 2 },
    });
    expect(adapter.stub.calls[1]!.body.messages.at(-1)!.content).toContain('/id must match pattern');
    await worker.onApplicationShutdown();
  });
});
