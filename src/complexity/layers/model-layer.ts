import { exactLevelOfHours, hoursOfLevel } from '../estimation/scale.js';
import type { ModelJudgementDto } from '../dto/model-judgement.dto.js';
import type { EstimateWithoutModel, LayeredEstimate } from './layered-estimate.js';

/** How much the model's word counts beside what the layer below says. */
const WEIGHT_BESIDE = { history: 0.4, heuristic: 0.75 } as const;

/**
 * An estimate that a language model had a say in. Its level and its hours are one opinion, brought into the range that
 * the layer below finds plausible and averaged with it, in levels. The range stays that of the layer below, as far as
 * the new value allows: a model's own idea of its errors is worth nothing.
 */
export function withJudgement(below: EstimateWithoutModel, judgement: ModelJudgementDto): LayeredEstimate {
  const { low, high } = below.hours;
  const opinion = (judgement.level + exactLevelOfHours(judgement.hours)) / 2;
  const plausible = clamp(opinion, exactLevelOfHours(low), exactLevelOfHours(high));
  const weight = WEIGHT_BESIDE[below.method];
  const factor = hoursOfLevel(below.level + weight * (plausible - below.level)) / hoursOfLevel(below.level);
  const value = clamp(below.hours.value * factor, low, high);
  return {
    ...below,
    level: clamp(exactLevelOfHours(value), 1, 5),
    hours: { ...below.hours, value },
    factors: [
      {
        name: 'language model',
        impact: Math.round(weight * (plausible - below.level) * 100) / 100,
        explanation: `A language model says level ${round(judgement.level)} and ${round(judgement.hours)} hours.`,
      },
      ...below.factors,
    ],
    reasoning: `${judgement.reasoning} ${below.reasoning}`,
    method: 'llm',
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
