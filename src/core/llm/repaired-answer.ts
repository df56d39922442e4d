import type { ChatModel, ChatRequest, ChatUsage, JsonSchema, StructuredCompletion } from './chat-model.js';
import { sumChatUsage } from './chat-usage.js';
import { ProviderFailure, providerFailureOf } from './provider-failure.js';
import { toAppError } from './providers/provider-errors.js';

/** Most characters of its own answer that a model is shown again. */
const MAX_SHOWN = 20_000;
/** Most problems that it is told of. */
const MAX_PROBLEMS = 10;

/** What an answer has to be. */
export interface AnswerForm<Answer> {
  readonly name: string;
  readonly json: JsonSchema;
  readonly read: (
    data: unknown,
  ) => Promise<{ readonly answer: Answer } | { readonly problems: readonly string[] }>;
}

export interface ValidAnswer<Answer> {
  readonly answer: Answer;
  /** Those that answered; after a fallback not the ones that were asked. */
  readonly model: string;
  readonly provider: string;
  /** Of all calls that it took. */
  readonly usage: ChatUsage;
}

/** An answer that did not do. */
interface Rejected {
  /** Null where it was no JSON at all. */
  readonly data: unknown;
  readonly problems: readonly string[];
  readonly provider: string;
  readonly usage: ChatUsage;
}

/**
 * Asks for an answer of a form, and once more when the first is not of it.
 * @throws ProviderError when the second is not either, with what both used in its failure
 */
export async function askUntilValid<Answer>(
  model: ChatModel,
  request: ChatRequest,
  form: AnswerForm<Answer>,
): Promise<ValidAnswer<Answer>> {
  const first = await ask(model, request, form);
  if ('answer' in first) return first;
  const second = await askAgain(model, request, form, first);
  const usage = sumChatUsage([first.usage, second.usage]);
  if ('answer' in second) return { ...second, usage };
  throw toAppError(
    new ProviderFailure('nonsense', { provider: second.provider, usage }),
    `Neither answer of ${model.descriptor.id} had the form that was asked for; try again, or name another model.`,
  );
}

async function askAgain<Answer>(
  model: ChatModel,
  request: ChatRequest,
  form: AnswerForm<Answer>,
  rejected: Rejected,
): Promise<ValidAnswer<Answer> | Rejected> {
  const shown = JSON.stringify(rejected.data ?? null).slice(0, MAX_SHOWN);
  const complaint = [
    'Your answer can not be used:',
    ...rejected.problems.slice(0, MAX_PROBLEMS).map((problem) => `- ${problem}`),
    'Answer again, with the whole answer in the form that was asked for.',
  ].join('\n');
  const messages = [
    ...request.messages,
    ...(rejected.data === null ? [] : [{ role: 'assistant' as const, content: shown }]),
    { role: 'user' as const, content: complaint },
  ];
  return ask(model, { ...request, messages }, form);
}

async function ask<Answer>(
  model: ChatModel,
  request: ChatRequest,
  { name, json, read }: AnswerForm<Answer>,
): Promise<ValidAnswer<Answer> | Rejected> {
  let completion: StructuredCompletion;
  try {
    completion = await model.completeStructured({ ...request, schema: { name, json } });
  } catch (error) {
    return unusable(error);
  }
  const { data, provider, usage, model: answerer } = completion;
  const result = await read(data);
  if ('problems' in result) return { data, problems: result.problems, provider, usage };
  return { answer: result.answer, model: answerer, provider, usage };
}

/** An answer that has been paid for but is no JSON, or is cut off. @throws any other error as it was */
function unusable(error: unknown): Rejected {
  const failure = providerFailureOf(error);
  if (failure?.kind !== 'nonsense' || failure.usage === null) throw error;
  const { provider, usage } = failure;
  return { data: null, problems: ['It was cut off or is no valid JSON. Be brief.'], provider, usage };
}
