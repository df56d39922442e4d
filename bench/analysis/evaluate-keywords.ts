import { analyzeAll } from './analysis-api.js';
import { mean, phraseMetrics } from './metrics.js';
import { readData } from './read-json-lines.js';
import { printMeasures } from './report.js';

const DEPTHS = [5, 10];

interface Row {
  readonly text: string;
  readonly keys: readonly string[];
}

interface Answer {
  readonly keywords: readonly string[];
}

/** Stemmed phrases against all gold keys, those absent from the text included. Data: `{text, keys}`. */
export async function evaluateKeywords(folder: string): Promise<void> {
  const rows = await readData<Row>(folder);
  const answers = await analyzeAll<Answer>(
    'keywords',
    rows.map(({ text }) => ({ text, max_keywords: Math.max(...DEPTHS) })),
  );
  const results = rows.map(({ keys }, index) => ({ predicted: answers[index]?.keywords ?? [], gold: keys }));
  console.log(`${folder}: ${rows.length} texts`);
  printMeasures(results, (some) =>
    Object.fromEntries(
      DEPTHS.flatMap((depth) => {
        const measures = some.map(({ predicted, gold }) => phraseMetrics(predicted, gold, depth));
        return [
          [`precision@${depth}`, mean(measures.map(({ precision }) => precision))],
          [`recall@${depth}`, mean(measures.map(({ recall }) => recall))],
          [`F1@${depth}`, mean(measures.map(({ f1 }) => f1))],
        ];
      }),
    ),
  );
}
