import { IntegerSetting, TextSetting } from '../setting.decorators.js';

const HOUR_IN_SECONDS = 3600;

/** Which model embeds, and how its vectors are kept. */
export class EmbeddingSettings {
  @TextSetting({
    group: 'Models',
    description: 'Embedding model of requests that name none.',
    fallback: '`text-embedding-3-small` with OpenAI configured, else `local-lexical`',
  })
  EMBEDDING_MODEL?: string;

  @IntegerSetting({
    group: 'Models',
    min: 1,
    max: 16_000,
    unit: 'dimensions',
    description: 'Length of the vectors that `EMBEDDING_MODEL` makes.',
    fallback: "the model's own",
  })
  EMBEDDING_DIMENSIONS?: number;

  @IntegerSetting({
    group: 'Models',
    default: 168 * HOUR_IN_SECONDS,
    min: 1,
    max: 8760 * HOUR_IN_SECONDS,
    unit: 's',
    description: 'How long the vector of a text stays cached.',
  })
  EMBEDDING_CACHE_TTL_SECONDS = 168 * HOUR_IN_SECONDS;

  @IntegerSetting({
    group: 'Models',
    default: 5,
    min: 0,
    max: 100,
    unit: 'ms',
    description: 'How long a text waits for others, so that one provider call embeds them together.',
  })
  EMBEDDING_GATHER_WINDOW_MS = 5;
}

export interface EmbeddingConfig {
  /** Id of the model for requests that name none; null takes the first configured provider's default. */
  readonly model: string | null;
  readonly dimensions: number | null;
  readonly cacheTtlSeconds: number;
  readonly gatherWindowMs: number;
}

export function embeddingConfig(settings: EmbeddingSettings): EmbeddingConfig {
  return {
    model: settings.EMBEDDING_MODEL ?? null,
    dimensions: settings.EMBEDDING_DIMENSIONS ?? null,
    cacheTtlSeconds: settings.EMBEDDING_CACHE_TTL_SECONDS,
    gatherWindowMs: settings.EMBEDDING_GATHER_WINDOW_MS,
  };
}
