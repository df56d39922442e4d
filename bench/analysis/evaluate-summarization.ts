import { Analysis } from './local-analyzer.js';
import { mean, rougeL, rougeN } from './metrics.js';
import { readData } from './read-json-lines.js';
import { printMeasures } from './report.js';

interface Row {
  readonly sentences: readonly string[];
  readonly references: readonly string[];
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
  const analysis = new Analysis();
  const results: { summary: string; references: readonly string[] }[] = [];
  for (const { sentences, references } of rows) {
    results.push({ summary: await analysis.summary(sentences.join(' ')), references });
  }
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
