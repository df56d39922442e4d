import { Injectable } from '@nestjs/common';
import { type Errors, measureAccuracy } from './accuracy/measure-accuracy.js';
import type { AccuracyDto, BaselineDto } from './dto/accuracy.dto.js';
import type { ProjectDto } from './dto/fields.js';
import { TaskHistory } from './history/task-history.js';

/** Outcomes that the accuracy is measured on: the most recent ones. */
const MOST_OUTCOMES = 10_000;

/** How good the estimates have been. */
@Injectable()
export class AccuracyService {
  constructor(private readonly history: TaskHistory) {}

  async measure({ project }: ProjectDto): Promise<AccuracyDto> {
    const outcomes = await this.history.measuredOutcomes(project, MOST_OUTCOMES);
    const { count, estimates, ranges, baselines } = await measureAccuracy(outcomes);
    return {
      project,
      count,
      ...toErrorsDto(estimates),
      bias_hours: rounded(estimates.hours.bias),
      bias_levels: rounded(estimates.levels.bias),
      range_coverage: ranges.count === 0 ? null : rounded(ranges.covered / ranges.count),
      baselines: { mean: toErrorsDto(baselines.mean), median: toErrorsDto(baselines.median) },
    };
  }
}

function toErrorsDto({ hours, levels }: Errors): BaselineDto {
  return {
    hours_count: hours.count,
    mean_absolute_error_hours: rounded(hours.meanAbsoluteError),
    levels_count: levels.count,
    mean_absolute_error_levels: rounded(levels.meanAbsoluteError),
    within_one_level_share: rounded(levels.withinOneShare),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10_000) / 10_000;
}
