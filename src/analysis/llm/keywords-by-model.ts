import { KeywordsDto } from '../dto/keywords.dto.js';
import { KEYWORDS_PROMPT, keywordsTask } from '../prompts/keywords.prompt.js';
import type { KeywordsRequest, KeywordsResult } from '../text-analyzer.js';
import { combineAnalyzed } from '../combine-analyzed.js';
import type { Interview, TextQuestion } from './interview.js';
import { keywordKey, mergeKeywords } from './merge-keywords.js';
import { Vocabulary } from './vocabulary.js';

export async function keywordsByModel(
  interview: Interview,
  { text, maxKeywords, signal }: KeywordsRequest,
): Promise<KeywordsResult> {
  const vocabularies = new Map<string, Promise<Vocabulary>>();
  // A repair asks about the same part again.
  const vocabularyOf = (part: string): Promise<Vocabulary> => {
    const vocabulary = vocabularies.get(part) ?? Vocabulary.of(part, signal);
    vocabularies.set(part, vocabulary);
    return vocabulary;
  };
  const question: TextQuestion<KeywordsDto> = {
    prompt: KEYWORDS_PROMPT,
    task: keywordsTask(maxKeywords),
    type: KeywordsDto,
    maxAnswerTokens: 4000,
    check: async ({ keywords }, part) => problemsWith(keywords, maxKeywords, await vocabularyOf(part)),
  };
  const answers = await interview.askEach(await interview.split(text, question), question);
  const lists = answers.map(({ answer, length }) => ({ keywords: answer.keywords, weight: length }));
  return { keywords: mergeKeywords(lists, maxKeywords), ...combineAnalyzed(answers) };
}

function problemsWith(keywords: readonly string[], maxKeywords: number, text: Vocabulary): string[] {
  if (keywords.length === 0 && !text.isEmpty) return ['keywords must not be empty'];
  if (keywords.length > maxKeywords) return [`keywords must have at most ${maxKeywords} items`];
  const seen = new Set<string>();
  return keywords.flatMap((keyword, index) => {
    const key = keywordKey(keyword);
    const isRepeated = seen.has(key);
    seen.add(key);
    if (isRepeated) return [`keywords[${index}] repeats another`];
    return text.yields(keyword)
      ? []
      : [`keywords[${index}] is neither in the text nor derived from its words`];
  });
}
