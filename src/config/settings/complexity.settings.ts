import { IntegerSetting } from '../setting.decorators.js';

/** How estimates learn from past tasks. */
export class ComplexitySettings {
  @IntegerSetting({
    group: 'Complexity',
    default: 5000,
    min: 0,
    max: 60_000,
    unit: 'ms',
    description:
      "Longest time that a project's first estimate waits for the training on its history before it does without.",
  })
  HISTORY_TRAINING_WAIT_MS = 5000;

  @IntegerSetting({
    group: 'Complexity',
    default: 16,
    min: 1,
    max: 1000,
    unit: 'projects',
    description: 'Projects whose trained histories are kept in memory; the least recently used make room.',
  })
  HISTORY_MODELS_KEPT = 16;

  @IntegerSetting({
    group: 'Complexity',
    default: 365,
    min: 1,
    max: 36_500,
    unit: 'days',
    description: 'How long estimates are kept for the comparison with what tasks took in the end.',
  })
  ESTIMATE_RETENTION_DAYS = 365;
}

export interface ComplexityConfig {
  readonly trainingWaitMs: number;
  readonly modelsKept: number;
  readonly estimateRetentionDays: number;
}

export function complexityConfig(settings: ComplexitySettings): ComplexityConfig {
  return {
    trainingWaitMs: settings.HISTORY_TRAINING_WAIT_MS,
    modelsKept: settings.HISTORY_MODELS_KEPT,
    estimateRetentionDays: settings.ESTIMATE_RETENTION_DAYS,
  };
}
