import { Injectable } from '@nestjs/common';
import type { ComplexityHealthDto } from './dto/accuracy.dto.js';
import { FEWEST_EXAMPLES } from './estimation/history/train-history-model.js';
import { ModelJudge } from './layers/model-judge.js';
import { TaskHistory } from './history/task-history.js';

/** What estimates can be based on. */
@Injectable()
export class ComplexityHealthService {
  constructor(
    private readonly history: TaskHistory,
    private readonly judge: ModelJudge,
  ) {}

  async health(): Promise<ComplexityHealthDto> {
    const { total, longest } = await this.history.count();
    return {
      status: 'ok',
      service: 'complexity',
      method: this.judge.isConfigured ? 'llm' : longest >= FEWEST_EXAMPLES ? 'history' : 'heuristic',
      history_size: total,
    };
  }
}
