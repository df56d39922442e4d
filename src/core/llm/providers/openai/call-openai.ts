import { TimeLimit } from '../../../../common/async/time-limit.js';
import { openAiTimeout, toOpenAiError } from './openai-errors.js';

export interface OpenAiCallOptions {
  /** Name of the model, for error messages. */
  readonly model: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one call, from connecting to the last byte of the answer, under a time limit: the SDK's own ends with the
 * headers.
 * @throws the reason of `signal` when that fires; otherwise as the adapters do
 */
export async function callOpenAi<T>(
  { model, timeoutMs, signal }: OpenAiCallOptions,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const limit = new TimeLimit(timeoutMs, signal);
  try {
    return await call(limit.signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw limit.isExceeded ? openAiTimeout(model) : toOpenAiError(error, model);
  } finally {
    limit.clear();
  }
}
