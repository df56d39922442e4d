import { AspectSentimentDto, SentimentDto } from '../dto/sentiment.dto.js';
import { ASPECTS_TASK, SENTIMENT_PROMPT, SENTIMENT_TASK } from '../prompts/sentiment.prompt.js';
import type { SentimentRequest, SentimentResult } from '../text-analyzer.js';
import { combineAnalyzed } from '../combine-analyzed.js';
import type { Interview, TextQuestion } from './interview.js';
import { type Judgement, mergeAspects, mergeJudgements } from './merge-sentiments.js';

const QUESTION = {
  prompt: SENTIMENT_PROMPT,
  maxAnswerTokens: 4000,
};
/** Larger scores are no neutral ones. */
const LARGEST_NEUTRAL_SCORE = 0.5;

export async function sentimentByModel(
  interview: Interview,
  { text, includeAspects }: SentimentRequest,
): Promise<SentimentResult> {
  return includeAspects ? withAspects(interview, text) : alone(interview, text);
}

async function alone(interview: Interview, text: string): Promise<SentimentResult> {
  const question: TextQuestion<SentimentDto> = {
    ...QUESTION,
    task: SENTIMENT_TASK,
    type: SentimentDto,
    check: (answer) => contradictions('', answer),
  };
  const answers = await interview.askEach(await interview.split(text, question), question);
  const judgements = answers.map(({ answer, length }) => ({ ...answer, weight: length }));
  return { ...mergeJudgements(judgements), ...combineAnalyzed(answers) };
}

async function withAspects(interview: Interview, text: string): Promise<SentimentResult> {
  const question: TextQuestion<AspectSentimentDto> = {
    ...QUESTION,
    task: ASPECTS_TASK,
    type: AspectSentimentDto,
    check: (answer) => [
      ...contradictions('', answer),
      ...answer.aspects.flatMap((aspect, index) => contradictions(`aspects[${index}].`, aspect)),
    ],
  };
  const answers = await interview.askEach(await interview.split(text, question), question);
  const judgements = answers.map(({ answer, length }) => ({ ...answer, weight: length }));
  return {
    ...mergeJudgements(judgements),
    aspects: mergeAspects(judgements),
    ...combineAnalyzed(answers),
  };
}

function contradictions(path: string, { sentiment, score }: Judgement): string[] {
  const agrees = {
    positive: score > 0,
    negative: score < 0,
    neutral: Math.abs(score) <= LARGEST_NEUTRAL_SCORE,
    mixed: true,
  };
  return agrees[sentiment] ? [] : [`${path}score contradicts ${path}sentiment`];
}
