import { analyzeAll } from './analysis-api.js';
import { mean, rougeL, rougeN } from './metrics.js';
import { readData } from './read-json-lines.js';
import { printMeasures } from './report.js';

interface Row {
  readonly sentences: readonly string[];
  readonly references: readonly string[];
}

interface Answer {
  readonly summary: string;
}

const MEASURES: Readonly<Record<string, (summary: string, reference: string) => number>> = {
  'ROUGE-1': (summary, reference) => rougeN(summary, reference, 1),
  'ROUGE-2': (summary, reference) => rougeN(summary, reference, 2),
  'ROUGE-L': rougeL,
};

/**
 * The sentences are joined, and the summarizer finds them again. Without `max_length` it gives one sentence for texts
 * of up to 15; how many are longer is printed. Best reference per measure, times 100. Data: `{sentences, references}`.
 */
export async function evaluateSummarization(folder: string): Promise<void> {
  const rows = await readData<Row>(folder);
  const answers = await analyzeAll<Answer>(
    'summarize',
    rows.map(({ sentences }) => ({ text: sentences.join(' ') })),
  );
  const results = rows.map(({ references }, index) => ({
    summary: answers[index]?.summary ?? '',
    references,
  }));
  const long = rows.filter(({ sentences }) => sentences.length > 15).length;
  console.log(`${folder}: ${rows.length} texts, ${long} of more than 15 sentences`);
  printMeasures(results, (some) =>
    Object.fromEntries(
      Object.entries(MEASURES).map(([name, measure]) => [
        name,
        100 *
          mean(
            some.map(({ summary, references }) =>
              Math.max(...references.map((reference) => measure(summary, reference))),
            ),
          ),
      ]),
    ),
  );
}
