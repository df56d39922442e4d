import { Injectable } from '@nestjs/common';
import type { ComplexityHealthDto } from './dto/accuracy.dto.js';
import { FEWEST_EXAMPLES } from './estimation/history/train-history-model.js';
import { TaskHistory } from './history/task-history.js';

/** What estimates can be based on. */
@Injectable()
export class ComplexityHealthService {
  constructor(private readonly history: TaskHistory) {}

  async health(): Promise<ComplexityHealthDto> {
    const { total, longest } = await this.history.count();
    return {
      status: 'ok',
      service: 'complexity',
      method: longest >= FEWEST_EXAMPLES ? 'history' : 'heuristic',
      history_size: total,
    };
  }
}
