import { loadConfig } from '../../src/config/load-config.js';
import { definitionOf } from '../../src/core/llm/embedding-model-definition.js';
import { OpenAiClient } from '../../src/core/llm/providers/openai/openai-client.js';
import { OpenAiEmbeddingModel } from '../../src/core/llm/providers/openai/openai-embedding-model.js';
import { CL100K_TOKENS } from '../../src/core/llm/tokens/cl100k-tokens.js';
import { TokenCounter } from '../../src/core/llm/tokens/token-counter.js';

export interface OpenAiModelOptions {
  readonly name?: string;
  /** The model's own, as `EMBEDDING_DIMENSIONS` would have it. */
  readonly dimensions?: number;
  readonly timeoutMs?: number;
}

export function openAiClient(variables: Record<string, string>): OpenAiClient {
  return new OpenAiClient(loadConfig(variables));
}

/** The bare adapter on a client, without anything around it. */
export function openAiModel(client: OpenAiClient, options: OpenAiModelOptions = {}): OpenAiEmbeddingModel {
  const { name = 'text-embedding-3-small', dimensions, timeoutMs = 10_000 } = options;
  const { descriptor, nativeDimensions } = definitionOf({ provider: 'openai', name }, name);
  return new OpenAiEmbeddingModel({
    sdk: client.sdk!,
    name,
    nativeDimensions,
    descriptor: { ...descriptor, dimensions: dimensions ?? descriptor.dimensions },
    timeoutMs,
    counter: new TokenCounter(CL100K_TOKENS),
  });
}

/** The error that a promise rejects with. */
export async function failureOf(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => {
      throw new Error('It should have failed.');
    },
    (error: unknown) => error as Error,
  );
}
