import { createHash } from 'node:crypto';
import { DATA_RULES } from '../../common/prompts/prompt.js';
import { GROUNDED_ANSWER_PROMPT } from '../../rag/answering/prompts/grounded-answer.prompt.js';
import { CLASSIFICATION_PROMPT } from './classification.prompt.js';
import { CONTEXT_PROMPT } from './generation.prompt.js';
import { KEYWORDS_PROMPT } from './keywords.prompt.js';
import { SENTIMENT_PROMPT } from './sentiment.prompt.js';
import { SUMMARY_PROMPT } from './summary.prompt.js';

const PROMPTS = [
  CLASSIFICATION_PROMPT,
  CONTEXT_PROMPT,
  GROUNDED_ANSWER_PROMPT,
  KEYWORDS_PROMPT,
  SENTIMENT_PROMPT,
  SUMMARY_PROMPT,
];

/** What each version says. A new text gets a new version and a line of its own here. */
const KNOWN = {
  'analysis.classify 1': 'fa9c007493b35800',
  'analysis.generate 1': 'f2483bfcbfae1822',
  'analysis.keywords 1': '140bceeed5b86987',
  'analysis.sentiment 1': 'cec28f73189cef41',
  'analysis.summarize 1': '7d83173dd1a0c44b',
  'rag.query 1': '221cf9f351385af9',
};

describe('prompts', () => {
  it('have a new version for every new text', () => {
    const hashes = PROMPTS.map(({ name, version, system }) => [
      `${name} ${version}`,
      createHash('sha256').update(system).digest('hex').slice(0, 16),
    ]);
    expect(Object.fromEntries(hashes)).toEqual(KNOWN);
  });

  it.each(PROMPTS.map((prompt) => [prompt.name, prompt] as const))(
    '%s says what fenced text is',
    (_, { system }) => {
      expect(system).toContain(DATA_RULES);
    },
  );
});
