import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import type { ProviderFailureKind } from '../../provider-failure.js';
import { type FailedCall, kindOfReadingError, toFailedCall } from '../provider-errors.js';

const PROVIDER = 'openai';

/** What a failed call was for. */
export type OpenAiCall = Omit<FailedCall, 'provider'>;

/**
 * What the SDK throws, as an error that clients may see, with a `ProviderFailure` as its cause. It goes by class,
 * status and code, never by a message, and takes nothing over of what was answered.
 * @param error anything but the caller's own abort; what is none of the provider's doing is handed back as it is
 */
export function toOpenAiError(error: unknown, call: OpenAiCall): unknown {
  const kind = kindOf(error);
  if (kind === null) return error;
  const answer: APIError | null = error instanceof APIError ? (error as APIError) : null;
  return toFailedCall(error, { kind, answer, call: { ...call, provider: PROVIDER } });
}

function kindOf(error: unknown): ProviderFailureKind | null {
  // The order matters: the SDK's classes for lost connections are kinds of its class for answers.
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError) return 'timeout';
  if (error instanceof APIConnectionError) return 'unreachable';
  if (error instanceof APIError) return kindOfAnswer(error as APIError);
  return kindOfReadingError(error);
}

function kindOfAnswer({ status, code }: APIError): ProviderFailureKind {
  switch (status ?? 0) {
    case 0:
      // In the middle of a stream there is no status any more.
      return code === 'rate_limit_exceeded' ? 'rate-limit' : 'outage';
    case 400:
    case 413:
    case 422:
      return 'input-refused';
    case 401:
    case 403:
      return 'credentials';
    case 402:
      return 'quota';
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
