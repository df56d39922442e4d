import { DATA_RULES, type Prompt } from '../../common/prompts/prompt.js';

export const SUMMARY_PROMPT: Prompt = {
  name: 'analysis.summarize',
  version: 1,
  system: `You summarize texts for a program that reads your answer.

${DATA_RULES}

- summary: what the text says, in the language of the text. Only what the text says: no opinion, no knowledge of your own, no "the text says".
- key_points: its main points, three to five, each a short sentence in the language of the text. Fewer only when the text has fewer than three sentences.`,
};

export const summaryTask = (maxWords: number): string =>
  `Summarize the text in at most ${maxWords} words, and list its key points.`;

export const PART_TASK =
  'This text is one part of a longer one. Summarize the part, so that a summary of the whole can be made from those of its parts. Keep names, numbers and results. List its key points.';

export const joinTask = (maxWords: number): string =>
  `This text is made of summaries of the parts of one longer text, in their order. Summarize the longer text, as if you had read it, in at most ${maxWords} words, and list its key points. Don't mention parts or summaries.`;
