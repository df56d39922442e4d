import { ClassificationDto } from '../dto/classification.dto.js';
import {
  CLASSIFICATION_PROMPT,
  MULTI_LABEL_TASK,
  SINGLE_LABEL_TASK,
} from '../prompts/classification.prompt.js';
import type { ClassificationRequest, ClassificationResult } from '../text-analyzer.js';
import { combineAnalyzed } from '../combine-analyzed.js';
import { weightedMean } from './weighted-mean.js';
import type { Interview, TextQuestion } from './interview.js';

const ANSWER_TOKENS = 4000;
/** Tokens of a category in the answer besides its name. */
const TOKENS_PER_CATEGORY = 20;

export async function classificationByModel(
  interview: Interview,
  { text, categories, multiLabel }: ClassificationRequest,
): Promise<ClassificationResult> {
  const names = JSON.stringify(categories);
  const question: TextQuestion<ClassificationDto> = {
    prompt: CLASSIFICATION_PROMPT,
    task: multiLabel ? MULTI_LABEL_TASK : SINGLE_LABEL_TASK,
    data: { CATEGORIES: names },
    type: ClassificationDto,
    maxAnswerTokens: ANSWER_TOKENS + names.length + TOKENS_PER_CATEGORY * categories.length,
    check: (answer) => problemsWith(answer, categories, multiLabel),
  };
  const answers = await interview.askEach(await interview.split(text, question), question);
  const parts = answers.map(({ answer, length }) => ({
    confidences: multiLabel ? confidencesOf(answer) : shares(confidencesOf(answer)),
    weight: length,
  }));
  const classifications = categories
    .map((category) => ({
      category,
      confidence: weightedMean(
        parts.map(({ confidences, weight }) => ({ value: confidences.get(category) ?? 0, weight })),
      ),
    }))
    .sort((a, b) => b.confidence - a.confidence);
  return { classifications, ...combineAnalyzed(answers) };
}

function problemsWith(
  { classifications }: ClassificationDto,
  categories: readonly string[],
  multiLabel: boolean,
): string[] {
  const counts = new Map<string, number>();
  for (const { category } of classifications) counts.set(category, (counts.get(category) ?? 0) + 1);
  const isUncertain = classifications.every(({ confidence }) => confidence === 0);
  return [
    ...categories.flatMap((category) =>
      counts.get(category) === 1
        ? []
        : [`classifications must have ${JSON.stringify(category)} exactly once`],
    ),
    ...(classifications.every(({ category }) => categories.includes(category))
      ? []
      : ['classifications must have no category that is not in the list']),
    ...(isUncertain && !multiLabel ? ['the confidences must add up to 1'] : []),
  ];
}

function confidencesOf({ classifications }: ClassificationDto): Map<string, number> {
  return new Map(classifications.map(({ category, confidence }) => [category, confidence]));
}

/** The same in proportion, adding up to 1: models are not exact about that. */
function shares(confidences: ReadonlyMap<string, number>): Map<string, number> {
  const total = [...confidences.values()].reduce((sum, confidence) => sum + confidence, 0);
  return new Map([...confidences].map(([category, confidence]) => [category, confidence / total]));
}
