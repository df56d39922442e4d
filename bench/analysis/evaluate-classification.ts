import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { analyzeAll } from './analysis-api.js';
import { labelMetrics, mean } from './metrics.js';
import { readData } from './read-json-lines.js';
import { printMeasures } from './report.js';

interface Row {
  readonly text: string;
  readonly label: string;
}

interface Answer {
  readonly classifications: readonly { readonly category: string; readonly confidence: number }[];
}

/** Nothing but the text and the names of the labels is used. Data: `{text, label}` and `labels.json`. */
export async function evaluateClassification(folder: string): Promise<void> {
  const rows = await readData<Row>(folder);
  const labels = JSON.parse(await readFile(join(folder, 'labels.json'), 'utf8')) as string[];
  const answers = await analyzeAll<Answer>(
    'classify',
    rows.map(({ text }) => ({ text, categories: labels })),
  );
  const results = rows.map(({ label }, index) => {
    const { category = '', confidence = 0 } = answers[index]?.classifications[0] ?? {};
    return { gold: label, predicted: category, confidence };
  });
  console.log(`${folder}: ${rows.length} texts, ${labels.length} labels`);
  printMeasures(results, (some) => {
    const { accuracy, macroF1 } = labelMetrics(some);
    return { accuracy, macroF1, meanConfidence: mean(some.map(({ confidence }) => confidence)) };
  });
}
