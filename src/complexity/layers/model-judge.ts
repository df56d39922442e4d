import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '../../common/errors/app-error.js';
import type { ChatUsage } from '../../core/llm/chat-model.js';
import { ChatModels } from '../../core/llm/chat-models.js';
import { askForObject } from '../../core/llm/structured-output.js';
import { ModelJudgementDto } from '../dto/model-judgement.dto.js';
import type { PastTask, Task } from '../estimation/task.js';
import { JUDGEMENT_SYSTEM, judgementQuestion } from './judgement-prompt.js';

const MOST_ANSWER_TOKENS = 1500;

export interface Judged {
  readonly judgement: ModelJudgementDto;
  readonly usage: ChatUsage;
}

/** Asks the default language model for its opinion of a task. */
@Injectable()
export class ModelJudge {
  private readonly logger = new Logger(ModelJudge.name);

  constructor(private readonly models: ChatModels) {}

  get isConfigured(): boolean {
    return this.models.isConfigured;
  }

  /**
   * @param examples tasks of the same project with what they took
   * @returns null where the provider fails: an estimate can do without
   * @throws the signal's reason when it fires
   */
  async judge(task: Task, examples: readonly PastTask[], signal: AbortSignal): Promise<Judged | null> {
    try {
      const { answer, usage } = await askForObject(this.models.get(), {
        capability: 'complexity.estimate',
        system: JUDGEMENT_SYSTEM,
        messages: [{ role: 'user', content: judgementQuestion(task, examples) }],
        temperature: 0,
        maxTokens: MOST_ANSWER_TOKENS,
        type: ModelJudgementDto,
        name: 'estimate',
        signal,
      });
      return { judgement: answer, usage };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      this.logger.warn(`A task was estimated without the language model: ${error.code}`);
      return null;
    }
  }
}
