import type { ChatUsage } from '../../core/llm/chat-model.js';
import type { Estimate, Prediction, SimilarTask } from '../estimation/task.js';
import type { Method } from '../history/outcome.js';

/** An estimate by the best evidence there is. */
export interface LayeredEstimate extends Estimate {
  readonly method: Method;
  /** Null where the project keeps none. */
  readonly storyPoints: Prediction | null;
  readonly similar: readonly SimilarTask[];
  /** Of the language model, where it had a say. */
  readonly usage?: ChatUsage;
}

export type EstimateWithoutModel = LayeredEstimate & { readonly method: Exclude<Method, 'llm'> };

export function fromHeuristic(estimate: Estimate): EstimateWithoutModel {
  return { ...estimate, method: 'heuristic', storyPoints: null, similar: [] };
}
