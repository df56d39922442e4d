import type { AppConfig } from '../../config/app-config.js';
import { ConfigurationError } from '../../config/configuration.error.js';
import { DEFAULT_LOCAL_EMBEDDING_MODEL, DEFAULT_OPENAI_EMBEDDING_MODEL } from './embedding-catalog.js';
import {
  type EmbeddingModelDefinition,
  findInCatalog,
  parseModelId,
  definitionOf,
} from './embedding-model-definition.js';

/**
 * The model that the settings make the default, with `EMBEDDING_DIMENSIONS` as its own dimensions.
 * @throws ConfigurationError when the settings contradict each other
 */
export function chooseDefaultModel(
  config: Pick<AppConfig, 'embedding' | 'openai'>,
): EmbeddingModelDefinition {
  const { model, dimensions } = config.embedding;
  const id = model ?? (config.openai ? DEFAULT_OPENAI_EMBEDDING_MODEL : DEFAULT_LOCAL_EMBEDDING_MODEL);
  const definition = definitionOf(parseModelId(id) ?? { provider: 'openai', name: id }, id);
  const problems = [
    ...modelProblems(definition, config.openai !== null),
    ...dimensionProblems(definition, dimensions),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
  return dimensions === null ? definition : withDimensions(definition, dimensions);
}

function modelProblems(definition: EmbeddingModelDefinition, isOpenAiConfigured: boolean): string[] {
  const { id } = definition.descriptor;
  if (definition.provider === 'openai' && !isOpenAiConfigured) {
    return [
      `EMBEDDING_MODEL is ${id}, which needs OPENAI_API_KEY or OPENAI_BASE_URL; ` +
        `without them there is only ${DEFAULT_LOCAL_EMBEDDING_MODEL}`,
    ];
  }
  if (definition.provider === 'local' && !findInCatalog(definition)) {
    return [`EMBEDDING_MODEL is ${id}, but the only local model is ${DEFAULT_LOCAL_EMBEDDING_MODEL}`];
  }
  return [];
}

function dimensionProblems(
  { descriptor, nativeDimensions }: EmbeddingModelDefinition,
  wanted: number | null,
): string[] {
  if (wanted === null || nativeDimensions === null) return [];
  const least = descriptor.minDimensions ?? nativeDimensions;
  if (wanted >= least && wanted <= nativeDimensions) return [];
  const range = least === nativeDimensions ? `${least}` : `from ${least} to ${nativeDimensions}`;
  return [`EMBEDDING_DIMENSIONS must be ${range} for ${descriptor.id}, not ${wanted}`];
}

function withDimensions(definition: EmbeddingModelDefinition, dimensions: number): EmbeddingModelDefinition {
  return {
    ...definition,
    descriptor: { ...definition.descriptor, dimensions },
    nativeDimensions: definition.nativeDimensions ?? dimensions,
  };
}
