import type { OpenAI } from 'openai';
import { apportion } from '../../apportion.js';
import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from '../../embedding-model.js';
import type { TokenCounter } from '../../tokens/token-counter.js';
import { sdkRequestOptions } from '../sdk-request-options.js';
import { callOpenAi } from './call-openai.js';
import { readEmbeddings } from './read-embeddings.js';

export interface OpenAiEmbeddingOptions {
  readonly sdk: OpenAI;
  readonly descriptor: EmbeddingModelDescriptor;
  /** What the server calls the model. */
  readonly name: string;
  /** Length of its vectors where none is asked for; null where that is not known. */
  readonly nativeDimensions: number | null;
  readonly timeoutMs: number;
  /** Counts for servers that don't say what a call used. */
  readonly counter: TokenCounter;
}

/** An embedding model of OpenAI, or of a server that speaks its protocol. */
export class OpenAiEmbeddingModel extends EmbeddingModel {
  private learntDimensions: number | null = null;

  constructor(private readonly options: OpenAiEmbeddingOptions) {
    super();
  }

  get descriptor(): EmbeddingModelDescriptor {
    const { descriptor } = this.options;
    return descriptor.dimensions === null ? { ...descriptor, dimensions: this.learntDimensions } : descriptor;
  }

  async embed({ texts, dimensions, signal }: EmbeddingRequest): Promise<EmbeddedText[]> {
    const { name, timeoutMs } = this.options;
    const wanted = dimensions ?? this.descriptor.dimensions;
    const { vectors, promptTokens } = await callOpenAi(
      { model: name, modelSetting: 'EMBEDDING_MODEL', timeoutMs, signal },
      async (limit) =>
        readEmbeddings(await this.call(texts, wanted, limit), { count: texts.length, dimensions: wanted }),
    );
    if (dimensions === undefined) this.learntDimensions = vectors[0]?.length ?? null;
    const lengths = texts.map((text) => text.length);
    const shares =
      promptTokens === null ? await this.options.counter.countMany(texts) : apportion(promptTokens, lengths);
    return vectors.map((vector, index) => ({ vector, promptTokens: shares[index] ?? 0, cached: false }));
  }

  private call(texts: readonly string[], wanted: number | null, signal: AbortSignal): Promise<unknown> {
    const { sdk, name, nativeDimensions } = this.options;
    const known = nativeDimensions ?? this.learntDimensions;
    return sdk.embeddings.create(
      {
        model: name,
        input: [...texts],
        encoding_format: 'base64',
        // Servers with other models refuse even their own length here, so it is only sent to change it.
        ...(wanted !== null && wanted !== known && { dimensions: wanted }),
      },
      sdkRequestOptions(signal),
    );
  }
}
