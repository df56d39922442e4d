import { ProviderError } from '../../common/errors/provider.error.js';
import { countWords } from '../../core/llm/tokens/words.js';
import { SummaryDto } from '../dto/summary.dto.js';
import { joinTask, PART_TASK, SUMMARY_PROMPT, summaryTask } from '../prompts/summary.prompt.js';
import type { Analyzed, SummaryRequest, SummaryResult } from '../text-analyzer.js';
import { combineAnalyzed } from '../combine-analyzed.js';
import type { Interview, TextQuestion } from './interview.js';

/** Length that is asked for when the request leaves it open. */
const USUAL_WORDS = 150;
/** Models count words badly; asked for a little less they keep to the limit. */
const ASKED_SHARE = 0.9;
const KEY_POINTS = { min: 3, max: 5 };
const MAX_ROUNDS = 4;

/** Summarizes the parts of a text that is too long, then what these summaries say, until one call can take it in. */
export async function summaryByModel(
  interview: Interview,
  { text, maxLength }: SummaryRequest,
): Promise<SummaryResult> {
  const spent: Analyzed[] = [];
  let current = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const question = round === 0 ? wholeQuestion(maxLength) : joinQuestion(maxLength);
    const parts = await interview.split(current, question);
    const isLast = parts.length === 1;
    const answers = await interview.askEach(parts, isLast ? question : PART_QUESTION);
    spent.push(...answers);
    const [first] = answers;
    if (isLast && first !== undefined) {
      const { summary, key_points: keyPoints } = first.answer;
      return { summary: summary.trim(), keyPoints, ...combineAnalyzed(spent) };
    }
    current = answers.map(({ answer }) => [answer.summary, ...answer.key_points].join('\n')).join('\n\n');
  }
  throw new ProviderError('The model did not make the text any shorter.');
}

const QUESTION = { prompt: SUMMARY_PROMPT, type: SummaryDto, maxAnswerTokens: 4000 };

const PART_QUESTION: TextQuestion<SummaryDto> = { ...QUESTION, task: PART_TASK, check: () => [] };

function wholeQuestion(maxLength: number | null): TextQuestion<SummaryDto> {
  return {
    ...QUESTION,
    task: summaryTask(askedWords(maxLength)),
    check: (answer, text) => problemsWith(answer, maxLength, hasFewSentences(text)),
  };
}

function joinQuestion(maxLength: number | null): TextQuestion<SummaryDto> {
  return {
    ...QUESTION,
    task: joinTask(askedWords(maxLength)),
    check: (answer) => problemsWith(answer, maxLength, false),
  };
}

function askedWords(maxLength: number | null): number {
  return maxLength === null ? USUAL_WORDS : Math.floor(maxLength * ASKED_SHARE);
}

function problemsWith(
  { summary, key_points: keyPoints }: SummaryDto,
  maxLength: number | null,
  mayHaveFewPoints: boolean,
): string[] {
  const words = countWords(summary);
  const { min, max } = KEY_POINTS;
  return [
    ...(maxLength !== null && words > maxLength
      ? [`summary has ${words} words, and must have at most ${maxLength}`]
      : []),
    ...(keyPoints.length > max || (keyPoints.length < min && !mayHaveFewPoints)
      ? [`key_points must have ${min} to ${max} items`]
      : []),
  ];
}

/** Whether a text has not enough sentences for the usual number of points. Looks at its start alone. */
function hasFewSentences(text: string): boolean {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });
  const sentences = [...segmenter.segment(text.slice(0, 5000))].filter(
    ({ segment }) => segment.trim() !== '',
  );
  return sentences.length < KEY_POINTS.min;
}
