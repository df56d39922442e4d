import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { ChatModels } from '../core/llm/chat-models.js';
import { requestedChatModel } from '../core/llm/requested-chat-model.js';
import { LlmTextAnalyzer } from './llm/llm-text-analyzer.js';
import { LOCAL_MODELS } from './local/local-models.js';
import { LocalTextAnalyzer } from './local/local-text-analyzer.js';
import type { TextAnalyzer } from './text-analyzer.js';

/** Any local analyzer, whatever it is called. */
const LOCAL = 'local';

/** Chooses who analyzes a text. */
@Injectable()
export class TextAnalyzers {
  constructor(
    private readonly config: AppConfig,
    private readonly models: ChatModels,
    private readonly local: LocalTextAnalyzer,
  ) {}

  /**
   * @param model as a request names it; the settings decide when it names none
   * @param analysis what is to be done; absent where it is several things
   * @throws ValidationError at `model` for one that nobody knows
   * @throws NotConfiguredError when its provider is not configured
   */
  get(model: string | undefined, analysis?: keyof typeof LOCAL_MODELS): TextAnalyzer {
    const localNames = [LOCAL, ...(analysis === undefined ? [] : [LOCAL_MODELS[analysis]])];
    const isLocal = model === undefined ? this.isLocalByDefault : localNames.includes(model);
    return isLocal ? this.local : new LlmTextAnalyzer(requestedChatModel(this.models, model, localNames));
  }

  private get isLocalByDefault(): boolean {
    const { analysisProvider } = this.config;
    return analysisProvider === 'local' || (analysisProvider === 'auto' && !this.models.isConfigured);
  }
}
