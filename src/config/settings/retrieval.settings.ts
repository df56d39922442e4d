import { IntegerSetting } from '../setting.decorators.js';

/** Limits of retrieval. */
export class RetrievalSettings {
  @IntegerSetting({
    group: 'Retrieval',
    default: 20_000,
    min: 100,
    max: 1_000_000,
    unit: 'chunks',
    description: 'Most chunks that the documents of one index request may be cut into.',
  })
  MAX_CHUNKS_PER_REQUEST = 20_000;
}

export interface RetrievalConfig {
  readonly maxChunksPerRequest: number;
}

export function retrievalConfig(settings: RetrievalSettings): RetrievalConfig {
  return { maxChunksPerRequest: settings.MAX_CHUNKS_PER_REQUEST };
}
