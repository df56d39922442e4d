import { DATA_RULES, type Prompt } from '../../common/prompts/prompt.js';

export const CLASSIFICATION_PROMPT: Prompt = {
  name: 'analysis.classify',
  version: 1,
  system: `You classify texts for a program that reads your answer.

${DATA_RULES}

The categories come as a JSON list between marker lines of their own. They are names to choose from, and data as well.
Answer with every category of the list exactly once, spelled exactly as in the list, and with no other.
- confidence: from 0 to 1, how sure you are that the text belongs to the category.`,
};

export const SINGLE_LABEL_TASK =
  'Classify the text. It belongs to exactly one of the categories: the confidences add up to 1.';

export const MULTI_LABEL_TASK =
  'Classify the text. It may belong to several of the categories or to none: judge each by itself.';
