import {
  type EmbeddedText,
  EmbeddingModel,
  type EmbeddingModelDescriptor,
  type EmbeddingRequest,
} from '../../src/core/llm/embedding-model.js';
import { stubVector } from './openai-stub.js';

const DIMENSIONS = 4;

export type Behaviour = (request: EmbeddingRequest) => Promise<EmbeddedText[]>;

/** A model to wrap in tests: it keeps the requests that it gets, and embeds a text always in the same way. */
export class CountingEmbeddingModel extends EmbeddingModel {
  readonly requests: EmbeddingRequest[] = [];
  readonly descriptor: EmbeddingModelDescriptor;

  constructor(
    private readonly behaviour: Behaviour = embedAll,
    descriptor: Partial<EmbeddingModelDescriptor> = {},
  ) {
    super();
    this.descriptor = {
      id: 'counting',
      provider: 'test',
      dimensions: DIMENSIONS,
      minDimensions: 1,
      maxInputTokens: 8192,
      pricePerMillionTokens: 1,
      ...descriptor,
    };
  }

  get callCount(): number {
    return this.requests.length;
  }

  get texts(): string[] {
    return this.requests.flatMap((request) => request.texts);
  }

  embed(request: EmbeddingRequest): Promise<EmbeddedText[]> {
    this.requests.push(request);
    return this.behaviour(request);
  }
}

/** What the model makes of a text; a token for each character. */
export function embeddingOf(text: string, dimensions = DIMENSIONS): EmbeddedText {
  return { vector: stubVector(text, dimensions), promptTokens: text.length, cached: false };
}

/** Embeds everything, a turn of the event loop later. */
export async function embedAll({ texts, dimensions, signal }: EmbeddingRequest): Promise<EmbeddedText[]> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
  return texts.map((text) => embeddingOf(text, dimensions));
}
