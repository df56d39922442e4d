import type { Estimate, Prediction, SimilarTask } from '../estimation/task.js';
import type { Method } from '../history/outcome.js';

/** An estimate by the best evidence there is. */
export interface LayeredEstimate extends Estimate {
  readonly method: Method;
  /** Null where the project keeps none. */
  readonly storyPoints: Prediction | null;
  readonly similar: readonly SimilarTask[];
}

export function fromHeuristic(estimate: Estimate): LayeredEstimate {
  return { ...estimate, method: 'heuristic', storyPoints: null, similar: [] };
}
