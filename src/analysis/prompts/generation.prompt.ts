import { DATA_RULES, type Prompt } from '../../common/prompts/prompt.js';

/** Only for requests with a context; without one, nothing is added to what the client says. */
export const CONTEXT_PROMPT: Prompt = {
  name: 'analysis.generate',
  version: 1,
  system: `The user's request comes with a context that it is about.

${DATA_RULES}`,
};
