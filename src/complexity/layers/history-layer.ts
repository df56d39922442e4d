import { scaleLevel } from '../estimation/scale.js';
import type { Estimate, Factor } from '../estimation/task.js';
import type { HistoryEvidence } from '../models/project-model.js';
import type { EstimateWithoutModel } from './layered-estimate.js';

const FIGURES = { hours: 'hours', levels: 'levels of complexity', points: 'story points' } as const;

/** An estimate by a project's history; the signals in the text stay beside it as factors. */
export function fromHistory(evidence: HistoryEvidence, heuristic: Estimate): EstimateWithoutModel {
  const { level, hours, prediction, storyPoints } = evidence;
  return {
    level,
    hours,
    factors: [historyFactor(evidence, heuristic), ...heuristic.factors],
    reasoning: explain(evidence),
    confidence: prediction.confidence,
    method: 'history',
    storyPoints,
    similar: prediction.similar,
  };
}

/** Moves the estimate from where the text alone would put it. */
function historyFactor({ level, size, evidence }: HistoryEvidence, heuristic: Estimate): Factor {
  const impact = Math.round((level - heuristic.level) * 100) / 100;
  const text = scaleLevel(heuristic.level).name;
  return {
    name: 'project history',
    impact,
    explanation: `The ${FIGURES[evidence]} of ${size} past tasks put it at ${scaleLevel(level).name}; by its text alone it would be ${text}.`,
  };
}

function explain({ evidence, size, prediction }: HistoryEvidence): string {
  const basis = `Learnt from the ${FIGURES[evidence]} of ${size} past tasks of this project`;
  const [nearest] = prediction.similar;
  if (nearest === undefined) return `${basis}; none of them resembles it, so they count as a whole.`;
  const count = prediction.similar.length;
  return `${basis}; ${count === 1 ? 'the most similar one is' : `the ${count} most similar are`} in similar_tasks.`;
}
