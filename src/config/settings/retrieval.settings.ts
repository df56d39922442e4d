import { ChoiceSetting, IntegerSetting, TextSetting } from '../setting.decorators.js';

const RERANKERS = ['off', 'llm'] as const;

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

  @ChoiceSetting({
    group: 'Retrieval',
    choices: RERANKERS,
    default: 'off',
    description:
      'Whether a chat model reads what a search found and puts it into a better order, where the request does not say.',
  })
  RERANK: (typeof RERANKERS)[number] = 'off';

  @TextSetting({
    group: 'Retrieval',
    description: 'Chat model that reranks; the default one when absent.',
  })
  RERANK_MODEL?: string;

  @IntegerSetting({
    group: 'Retrieval',
    default: 20,
    min: 2,
    max: 100,
    unit: 'passages',
    description: 'How many of the best passages are reranked.',
  })
  RERANK_CANDIDATES = 20;
}

export interface RetrievalConfig {
  readonly maxChunksPerRequest: number;
  readonly rerank: (typeof RERANKERS)[number];
  /** Null for the default chat model. */
  readonly rerankModel: string | null;
  readonly rerankCandidates: number;
}

export function retrievalConfig(settings: RetrievalSettings): RetrievalConfig {
  return {
    maxChunksPerRequest: settings.MAX_CHUNKS_PER_REQUEST,
    rerank: settings.RERANK,
    rerankModel: settings.RERANK_MODEL ?? null,
    rerankCandidates: settings.RERANK_CANDIDATES,
  };
}
