import { evaluateClassification } from './analysis/evaluate-classification.js';
import { evaluateKeywords } from './analysis/evaluate-keywords.js';
import { evaluateSentiment } from './analysis/evaluate-sentiment.js';
import { evaluateSummarization } from './analysis/evaluate-summarization.js';
import { evaluateAudio } from './audio/evaluate-audio.js';
import { evaluateDocuments } from './documents/evaluate-documents.js';
import { evaluateEstimation } from './estimation-quality/evaluate-estimation.js';
import { evaluateRetrieval } from './retrieval/evaluate-retrieval.js';

const TASKS: Record<string, (folder: string, flags: readonly string[]) => Promise<void>> = {
  audio: evaluateAudio,
  documents: evaluateDocuments,
  estimation: evaluateEstimation,
  retrieval: evaluateRetrieval,
  sentiment: evaluateSentiment,
  keywords: evaluateKeywords,
  classification: evaluateClassification,
  summarization: evaluateSummarization,
};

const [task = '', folder, ...flags] = process.argv.slice(2);
const evaluate = TASKS[task];
if (evaluate === undefined || folder === undefined) {
  console.error(`Usage: npm run eval -- ${Object.keys(TASKS).join('|')} <folder with the data>`);
  process.exit(2);
}
await evaluate(folder, flags);
