import { analyzeAll } from './analysis-api.js';
import { labelMetrics, mean, pearson } from './metrics.js';
import { readData } from './read-json-lines.js';
import { printMeasures } from './report.js';

interface Row {
  readonly text: string;
  readonly label: string;
  /** Mean rating by people, where the set has one. */
  readonly score?: number;
}

interface Answer {
  readonly sentiment: string;
  readonly score: number;
  readonly confidence: number;
}

/**
 * With a neutral class the label counts, and "mixed" is always wrong; without one, a score of 0 or more is positive.
 * Data: `{text, label, score?}`.
 */
export async function evaluateSentiment(folder: string): Promise<void> {
  const rows = await readData<Row>(folder);
  const answers = await analyzeAll<Answer>(
    'sentiment',
    rows.map(({ text }) => ({ text })),
  );
  const hasNeutral = rows.some(({ label }) => label === 'neutral');
  const results = answers.map((answer, index) => {
    const twoClasses = answer.score >= 0 ? 'positive' : 'negative';
    return {
      ...answer,
      gold: rows[index]?.label ?? '',
      predicted: hasNeutral ? answer.sentiment : twoClasses,
      rating: rows[index]?.score,
    };
  });
  console.log(`${folder}: ${rows.length} texts`);
  printMeasures(results, (some) => ({
    ...labelMetrics(some),
    ...(some.every(({ rating }) => rating !== undefined) && {
      pearson: pearson(
        some.map(({ score }) => score),
        some.map(({ rating }) => rating ?? NaN),
      ),
    }),
    meanConfidence: mean(some.map(({ confidence }) => confidence)),
    mixed: some.filter(({ sentiment }) => sentiment === 'mixed').length / some.length,
  }));
}
