import { Injectable } from '@nestjs/common';
import type { AdjustmentDto, CalculateAdjustmentDto, ScaleDto } from './dto/scale.dto.js';
import { SCALE } from './estimation/scale.js';
import { adjustment } from './metrics/adjustment.js';

/** The rules that need no history. */
@Injectable()
export class ScaleService {
  scale(): ScaleDto {
    return {
      scale: SCALE.map(({ hoursMin, hoursMax, basePoints, indicators, ...step }) => ({
        level: step.level,
        name: step.name,
        description: step.description,
        hours_min: hoursMin,
        hours_max: hoursMax,
        base_points: basePoints,
        indicators: [...indicators],
      })),
    };
  }

  adjustment({ pre_level: estimated, actual_level: actual }: CalculateAdjustmentDto): AdjustmentDto {
    const { multiplier, bonusPercent, reason } = adjustment(estimated, actual);
    return { multiplier, bonus_percent: bonusPercent, reason };
  }
}
