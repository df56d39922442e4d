import type { EmbeddingModelDescriptor } from './embedding-model.js';
import {
  ASSUMED_MAX_INPUT_TOKENS,
  type CataloguedEmbeddingModel,
  EMBEDDING_CATALOG,
} from './embedding-catalog.js';

export type EmbeddingProvider = CataloguedEmbeddingModel['provider'];

/** Which model, by the name that its provider knows it by. */
export interface EmbeddingModelReference {
  readonly provider: EmbeddingProvider;
  readonly name: string;
}

/** What it takes to make a model. */
export interface EmbeddingModelDefinition extends EmbeddingModelReference {
  readonly descriptor: EmbeddingModelDescriptor;
  /** Length of its vectors where none is asked for; null where that is not known. */
  readonly nativeDimensions: number | null;
}

const PREFIXED = /^(?<provider>openai|local)\/(?<name>.+)$/su;

/** Reads an id of the catalogue, or `provider/model`; null for any other. */
export function parseModelId(id: string): EmbeddingModelReference | null {
  const { provider, name } = PREFIXED.exec(id)?.groups ?? {};
  if (provider !== undefined && name !== undefined) return { provider: provider as EmbeddingProvider, name };
  const known = EMBEDDING_CATALOG.find((model) => model.id === id);
  return known ? { provider: known.provider, name: id } : null;
}

/** The model's entry in the catalogue; null where it has none. */
export function findInCatalog({ provider, name }: EmbeddingModelReference): CataloguedEmbeddingModel | null {
  return EMBEDDING_CATALOG.find((model) => model.provider === provider && model.id === name) ?? null;
}

/** A model as the catalogue has it, or else with as little assumed about it as possible. */
export function definitionOf(
  reference: EmbeddingModelReference,
  uncataloguedId: string,
): EmbeddingModelDefinition {
  const catalogued = findInCatalog(reference);
  return {
    ...reference,
    nativeDimensions: catalogued?.dimensions ?? null,
    descriptor: catalogued ?? {
      id: uncataloguedId,
      provider: reference.provider,
      dimensions: null,
      minDimensions: null,
      maxInputTokens: ASSUMED_MAX_INPUT_TOKENS,
      pricePerMillionTokens: null,
    },
  };
}
