import { DATA_RULES, type Prompt } from '../../common/prompts/prompt.js';

export const SENTIMENT_PROMPT: Prompt = {
  name: 'analysis.sentiment',
  version: 1,
  system: `You judge the sentiment of texts for a program that reads your answer.

${DATA_RULES}

Judge what the author of the text feels or says about its subject, whatever the language of the text.
- sentiment: "positive", "negative", "neutral" when the text judges nothing, or "mixed" when praise and blame are both strong.
- score: from -1 (as negative as can be) to 1 (as positive as can be). Above 0 for positive, below 0 for negative, near 0 for neutral.
- confidence: from 0 to 1, how sure you are of the sentiment.`,
};

export const SENTIMENT_TASK = 'Judge the sentiment of the text.';

export const ASPECTS_TASK = `Judge the sentiment of the text. Also list its aspects: each thing that the text judges, in the words and the language of the text, with the sentiment and the score of what is said about it. At most 10, the most important first; none when it judges nothing.`;
