import { callProvider, type ProviderCallOptions, streamFromProvider } from '../call-provider.js';
import { type OpenAiCall, toOpenAiError } from './openai-errors.js';

export interface OpenAiCallOptions extends OpenAiCall {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Runs one call to OpenAI under a time limit, as `callProvider` does. */
export function callOpenAi<T>(
  options: OpenAiCallOptions,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return callProvider(toProviderCall(options), call);
}

/** Runs one call to OpenAI whose answer comes bit by bit, as `streamFromProvider` does. */
export function streamFromOpenAi<T>(
  options: OpenAiCallOptions,
  call: (signal: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  return streamFromProvider(toProviderCall(options), call);
}

function toProviderCall({ model, modelSetting, timeoutMs, signal }: OpenAiCallOptions): ProviderCallOptions {
  return {
    call: { provider: 'openai', model, modelSetting },
    timeoutMs,
    signal,
    translate: (error) => toOpenAiError(error, { model, modelSetting }),
  };
}
