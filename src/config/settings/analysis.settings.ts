import { ChoiceSetting } from '../setting.decorators.js';

export const ANALYSIS_PROVIDERS = ['auto', 'local', 'llm'] as const;
export type AnalysisProvider = (typeof ANALYSIS_PROVIDERS)[number];

/** How texts are analyzed. */
export class AnalysisSettings {
  @ChoiceSetting({
    group: 'Analysis',
    choices: ANALYSIS_PROVIDERS,
    default: 'auto',
    description:
      'Who analyzes texts when a request names no model: local algorithms, or the default language model (`llm`); ' +
      '`auto` is `llm` where a provider is configured.',
  })
  ANALYSIS_PROVIDER: AnalysisProvider = 'auto';
}
