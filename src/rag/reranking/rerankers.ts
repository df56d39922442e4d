import { Injectable } from '@nestjs/common';
import { NotConfiguredError } from '../../common/errors/not-configured.error.js';
import { AppConfig } from '../../config/app-config.js';
import { ConfigurationError } from '../../config/configuration.error.js';
import { ChatModels } from '../../core/llm/chat-models.js';
import { UnknownModelError } from '../../core/llm/unknown-model.error.js';
import { ModelReranker } from './model-reranker.js';
import type { Reranker } from './reranker.js';

/** Which searches are reranked, and by what. */
@Injectable()
export class Rerankers {
  /** How many of the best passages a reranker reads. */
  readonly candidates: number;
  private readonly isUsual: boolean;
  private readonly model: string | undefined;

  /** @throws ConfigurationError when the settings name no model that can be used */
  constructor(
    private readonly models: ChatModels,
    { retrieval }: AppConfig,
  ) {
    this.candidates = retrieval.rerankCandidates;
    this.isUsual = retrieval.rerank === 'llm';
    this.model = retrieval.rerankModel ?? undefined;
    if (this.isUsual || this.model !== undefined) this.requireModel();
  }

  /**
   * @param wanted as the request says; null where it says nothing
   * @returns null where the search's own order stays
   * @throws NotConfiguredError when there is no chat model
   */
  find(wanted: boolean | null): Reranker | null {
    return (wanted ?? this.isUsual) ? new ModelReranker(this.models.get(this.model)) : null;
  }

  private requireModel(): void {
    try {
      this.models.get(this.model);
    } catch (error) {
      if (!(error instanceof UnknownModelError || error instanceof NotConfiguredError)) throw error;
      const setting = this.model === undefined ? 'RERANK' : 'RERANK_MODEL';
      throw new ConfigurationError([`${setting} needs a chat model that is configured: ${error.message}`]);
    }
  }
}
