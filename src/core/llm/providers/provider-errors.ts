import type { AppError } from '../../../common/errors/app-error.js';
import { ProviderTimeoutError } from '../../../common/errors/provider-timeout.error.js';
import { ProviderError } from '../../../common/errors/provider.error.js';
import { RateLimitedError } from '../../../common/errors/rate-limited.error.js';
import { UnavailableError } from '../../../common/errors/unavailable.error.js';
import type { ChatProvider } from '../chat-catalog.js';
import type { ChatUsage } from '../chat-model.js';
import { ProviderFailure, type ProviderFailureKind } from '../provider-failure.js';
import { CutShortError } from './cut-short.error.js';
import { DeclinedAnswerError } from './declined-answer.error.js';
import { readRetryAfter } from './retry-after.js';
import { UnusableAnswerError } from './unusable-answer.error.js';

const RATE_LIMIT_WAIT_SECONDS = 5;
const QUOTA_WAIT_SECONDS = 60;
const CROWDED_WAIT_SECONDS = 1;

/** Codes of Node.js and undici for a connection that can't be made or that breaks. */
const CONNECTION_CODE =
  /^(?:ECONN(?:ABORTED|REFUSED|RESET)|EPIPE|ETIMEDOUT|HPE_\w+|UND_ERR_(?:ABORTED|CLOSED|DESTROYED|RES_CONTENT_LENGTH_MISMATCH|SOCKET))$/u;
const ANSWER_TOO_LARGE = 'UND_ERR_RES_EXCEEDED_MAX_SIZE';

/** How providers and the settings of theirs are called. */
const NAMES: Record<ChatProvider, { readonly name: string; readonly key: string; readonly url: string }> = {
  openai: { name: 'OpenAI', key: 'OPENAI_API_KEY', url: 'OPENAI_BASE_URL' },
  anthropic: { name: 'Anthropic', key: 'ANTHROPIC_API_KEY', url: 'ANTHROPIC_BASE_URL' },
};

/** What a failed call was for. */
export interface FailedCall {
  readonly provider: ChatProvider;
  /** As the provider knows it. */
  readonly model: string;
  /** The setting that names the model where no request does. */
  readonly modelSetting: 'EMBEDDING_MODEL' | 'DEFAULT_LLM_MODEL' | 'TRANSCRIPTION_MODEL';
}

const MESSAGES: Record<ProviderFailureKind, (call: FailedCall & (typeof NAMES)[ChatProvider]) => string> = {
  'input-refused': ({ name, model }) =>
    `${name} rejected the input for ${model} as invalid or too large; change or shorten it, or name another model.`,
  refused: ({ name, model }) =>
    `${name} refused the request for ${model}; change the request, or name another model.`,
  credentials: ({ name, key }) => `${name} refused the key; check ${key}.`,
  'unknown-model': ({ name, model, modelSetting }) =>
    `${name} has no model ${model} for this key; check ${modelSetting}, or the model that the request names.`,
  quota: ({ name, key }) =>
    `The quota of ${key} is used up; raise it at ${name}, or name a model of another provider.`,
  'rate-limit': ({ name }) => `${name}'s rate limit is reached; try again later.`,
  outage: ({ name }) => `${name} is overloaded or failing; try again later.`,
  unreachable: ({ name, url }) =>
    `${name} could not be reached; try again later, and check ${url} if this lasts.`,
  interrupted: ({ name }) => `${name} broke off before its answer was complete; try again.`,
  timeout: ({ name }) =>
    `${name} did not answer within PROVIDER_TIMEOUT_MS; try again later, or ask for a shorter answer.`,
  suspended: ({ name }) => `${name} failed several times in a row and is left alone; try again later.`,
  crowded: ({ name }) => `Too many calls to ${name} are waiting; try again later.`,
  nonsense: ({ name, model }) =>
    `The answer of ${name} for ${model} can not be used; try again, or name another model.`,
};

/** The provider's answer to a failed call, as far as the SDKs' errors have it. */
export interface FailedAnswer {
  readonly status?: number | undefined;
  readonly headers?: Headers | undefined;
}

/**
 * The error that clients see for what an SDK threw.
 * @param answer null where there was none
 */
export function toFailedCall(
  error: unknown,
  { kind, answer, call }: { kind: ProviderFailureKind; answer: FailedAnswer | null; call: FailedCall },
): AppError {
  const { detail, usage } = detailsOf(error);
  const failure = new ProviderFailure(kind, {
    provider: call.provider,
    status: answer?.status ?? null,
    retryAfterMs: readRetryAfter(answer?.headers, Date.now()),
    usage,
  });
  return failedCall(failure, call, detail);
}

/** What an answer that can't be used says about itself; nothing for other errors. */
function detailsOf(error: unknown): { detail: string; usage: ChatUsage | null } {
  const isAnswer = error instanceof UnusableAnswerError || error instanceof DeclinedAnswerError;
  return isAnswer ? { detail: error.message, usage: error.usage } : { detail: '', usage: null };
}

/** The error that clients see for a failed call, with its failure as the cause. */
export function failedCall(failure: ProviderFailure, call: FailedCall, detail = ''): AppError {
  const message = MESSAGES[failure.kind]({ ...call, ...NAMES[call.provider] });
  return toAppError(failure, detail === '' ? message : `${message} ${detail}`);
}

/** A failure as an error that clients may see. */
export function toAppError(failure: ProviderFailure, message: string): AppError {
  switch (failure.kind) {
    case 'rate-limit':
      return new RateLimitedError(message, waiting(failure, RATE_LIMIT_WAIT_SECONDS));
    case 'quota':
      return new RateLimitedError(message, waiting(failure, QUOTA_WAIT_SECONDS));
    case 'timeout':
      return new ProviderTimeoutError(message, { cause: failure });
    case 'suspended':
    case 'crowded':
      return new UnavailableError(message, waiting(failure, CROWDED_WAIT_SECONDS));
    case 'input-refused':
    case 'refused':
    case 'credentials':
    case 'unknown-model':
    case 'outage':
    case 'unreachable':
    case 'interrupted':
    case 'nonsense':
      return new ProviderError(message, { cause: failure });
  }
}

/**
 * The kind of an error that arose while an answer was read, which is the platform's own or ours; null for what is
 * none of the provider's doing.
 */
export function kindOfReadingError(error: unknown): ProviderFailureKind | null {
  if (error instanceof UnusableAnswerError) return 'nonsense';
  if (error instanceof DeclinedAnswerError) return 'refused';
  if (error instanceof CutShortError) return 'interrupted';
  if (propertyOf(error, 'name') === 'SyntaxError') return 'nonsense';
  const code = propertyOf(error, 'code') ?? propertyOf(propertyOf(error, 'cause'), 'code');
  if (code === ANSWER_TOO_LARGE) return 'nonsense';
  return typeof code === 'string' && CONNECTION_CODE.test(code) ? 'interrupted' : null;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function waiting(failure: ProviderFailure, otherwiseSeconds: number) {
  const asked = failure.retryAfterMs;
  return { cause: failure, retryAfterSeconds: asked === null ? otherwiseSeconds : Math.ceil(asked / 1000) };
}
