import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import type { AppError } from '../../../../common/errors/app-error.js';
import { ProviderTimeoutError } from '../../../../common/errors/provider-timeout.error.js';
import { ProviderError } from '../../../../common/errors/provider.error.js';
import { RateLimitedError } from '../../../../common/errors/rate-limited.error.js';
import { ProviderFailure, type ProviderFailureKind } from '../../provider-failure.js';
import { readRetryAfter } from '../retry-after.js';
import { UnusableAnswerError } from '../unusable-answer.error.js';

const PROVIDER = 'openai';
const RATE_LIMIT_WAIT_SECONDS = 5;
const QUOTA_WAIT_SECONDS = 60;

/** Codes of Node.js and undici for a connection that can't be made or that breaks. */
const CONNECTION_CODE =
  /^(?:ECONN(?:ABORTED|REFUSED|RESET)|EPIPE|ETIMEDOUT|HPE_\w+|UND_ERR_(?:ABORTED|CLOSED|DESTROYED|RES_CONTENT_LENGTH_MISMATCH|SOCKET))$/u;
const ANSWER_TOO_LARGE = 'UND_ERR_RES_EXCEEDED_MAX_SIZE';

const MESSAGES: Record<ProviderFailureKind, (model: string) => string> = {
  'input-refused': (model) => `OpenAI refused what ${model} was sent.`,
  refused: () => 'OpenAI refused the request.',
  credentials: () => 'OpenAI refused the key; check OPENAI_API_KEY.',
  'unknown-model': (model) =>
    `OpenAI has no model ${model} for this key; check EMBEDDING_MODEL, or the model that the request names.`,
  quota: () => 'The quota of OPENAI_API_KEY is used up.',
  'rate-limit': () => "OpenAI's rate limit is reached; try again later.",
  outage: () => 'OpenAI is overloaded or failing; try again later.',
  unreachable: () => 'OpenAI could not be reached; check OPENAI_BASE_URL if this lasts.',
  timeout: () => 'OpenAI did not answer within PROVIDER_TIMEOUT_MS.',
  nonsense: (model) => `OpenAI's answer for ${model} makes no sense.`,
};

/**
 * What the SDK throws, as an error that clients may see, with a `ProviderFailure` as its cause. It goes by class,
 * status and code, never by a message, and takes nothing over of what was answered.
 * @param error anything but the caller's own abort; what is none of the provider's doing is handed back as it is
 */
export function toOpenAiError(error: unknown, model: string): unknown {
  const failure = toFailure(error);
  if (failure === null) return error;
  const detail = error instanceof UnusableAnswerError ? ` ${error.message}` : '';
  return toAppError(failure, MESSAGES[failure.kind](model) + detail);
}

/** The error for a call that took longer than its time limit. */
export function openAiTimeout(model: string): AppError {
  const failure = new ProviderFailure('timeout', { provider: PROVIDER });
  return toAppError(failure, MESSAGES.timeout(model));
}

function toFailure(error: unknown): ProviderFailure | null {
  const kind = kindOf(error);
  if (kind === null) return null;
  const answer: APIError | null = error instanceof APIError ? (error as APIError) : null;
  return new ProviderFailure(kind, {
    provider: PROVIDER,
    status: answer?.status ?? null,
    retryAfterMs: readRetryAfter(answer?.headers, Date.now()),
  });
}

function kindOf(error: unknown): ProviderFailureKind | null {
  // The order matters: the SDK's classes for lost connections are kinds of its class for answers.
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError) return 'timeout';
  if (error instanceof APIConnectionError) return 'unreachable';
  if (error instanceof APIError) return kindOfAnswer(error as APIError);
  if (error instanceof UnusableAnswerError) return 'nonsense';
  return kindOfReadingError(error);
}

function kindOfAnswer({ status, code }: APIError): ProviderFailureKind {
  switch (status ?? 0) {
    case 400:
    case 413:
    case 422:
      return 'input-refused';
    case 401:
    case 403:
      return 'credentials';
    case 404:
      return 'unknown-model';
    case 408:
    case 409:
      return 'outage';
    case 429:
      return code === 'insufficient_quota' ? 'quota' : 'rate-limit';
    default:
      return Number(status) >= 500 ? 'outage' : 'refused';
  }
}

/** Errors that arise while a body is read are the platform's own, so there is no class of the SDK to go by. */
function kindOfReadingError(error: unknown): ProviderFailureKind | null {
  if (propertyOf(error, 'name') === 'SyntaxError') return 'nonsense';
  const code = propertyOf(error, 'code') ?? propertyOf(propertyOf(error, 'cause'), 'code');
  if (code === ANSWER_TOO_LARGE) return 'nonsense';
  return typeof code === 'string' && CONNECTION_CODE.test(code) ? 'unreachable' : null;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function toAppError(failure: ProviderFailure, message: string): AppError {
  switch (failure.kind) {
    case 'rate-limit':
      return new RateLimitedError(message, waiting(failure, RATE_LIMIT_WAIT_SECONDS));
    case 'quota':
      return new RateLimitedError(message, waiting(failure, QUOTA_WAIT_SECONDS));
    case 'timeout':
      return new ProviderTimeoutError(message, { cause: failure });
    case 'input-refused':
    case 'refused':
    case 'credentials':
    case 'unknown-model':
    case 'outage':
    case 'unreachable':
    case 'nonsense':
      return new ProviderError(message, { cause: failure });
  }
}

function waiting(failure: ProviderFailure, otherwiseSeconds: number) {
  const asked = failure.retryAfterMs;
  return { cause: failure, retryAfterSeconds: asked === null ? otherwiseSeconds : Math.ceil(asked / 1000) };
}
