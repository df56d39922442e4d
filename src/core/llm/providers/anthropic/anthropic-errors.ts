import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from '@anthropic-ai/sdk';
import type { ProviderFailureKind } from '../../provider-failure.js';
import { kindOfReadingError, toFailedCall } from '../provider-errors.js';

const PROVIDER = 'anthropic';

/** What the provider calls its errors, for those in the middle of a stream, where there is no status any more. */
const KINDS_BY_TYPE: Readonly<Record<string, ProviderFailureKind>> = {
  invalid_request_error: 'input-refused',
  request_too_large: 'input-refused',
  authentication_error: 'credentials',
  permission_error: 'credentials',
  billing_error: 'quota',
  not_found_error: 'unknown-model',
  rate_limit_error: 'rate-limit',
};

/**
 * What the SDK throws, as an error that clients may see, with a `ProviderFailure` as its cause. It goes by class,
 * status and type, never by a message, and takes nothing over of what was answered.
 * @param error anything but the caller's own abort; what is none of the provider's doing is handed back as it is
 */
export function toAnthropicError(error: unknown, model: string): unknown {
  const kind = kindOf(error);
  if (kind === null) return error;
  const answer: APIError | null = error instanceof APIError ? (error as APIError) : null;
  const call = { provider: PROVIDER, model, modelSetting: 'DEFAULT_LLM_MODEL' } as const;
  return toFailedCall(error, { kind, answer, call });
}

function kindOf(error: unknown): ProviderFailureKind | null {
  // The order matters: the SDK's classes for lost connections are kinds of its class for answers.
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError) return 'timeout';
  if (error instanceof APIConnectionError) return 'unreachable';
  if (error instanceof APIError) return kindOfAnswer(error as APIError);
  return kindOfReadingError(error);
}

function kindOfAnswer({ status, type }: APIError): ProviderFailureKind {
  switch (status ?? 0) {
    case 0:
      return KINDS_BY_TYPE[type ?? ''] ?? 'outage';
    case 400:
    case 413:
    case 422:
      return type === 'billing_error' ? 'quota' : 'input-refused';
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
      return 'rate-limit';
    default:
      return Number(status) >= 500 ? 'outage' : 'refused';
  }
}
