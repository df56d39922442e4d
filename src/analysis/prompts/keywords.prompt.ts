import { DATA_RULES, type Prompt } from '../../common/prompts/prompt.js';

export const KEYWORDS_PROMPT: Prompt = {
  name: 'analysis.keywords',
  version: 1,
  system: `You find keywords of texts for a program that reads your answer.

${DATA_RULES}

Keywords are the words and short phrases, of one to four words, that say best what a text is about.
- Take them from the text, in its language and its spelling. The basic form of a word is fine; a word that the text has in no form is not.
- The most important comes first. None comes twice, in any form.
- No keyword for what the text only mentions in passing.`,
};

export const keywordsTask = (maxKeywords: number): string =>
  `Find the keywords of the text: at most ${maxKeywords}.`;
