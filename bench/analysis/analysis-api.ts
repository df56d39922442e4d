import { mapConcurrently } from '../../src/common/async/map-concurrently.js';
import { postJson } from '../support/http.js';
import { startService } from '../support/service.js';

/** Requests under way at the same time. */
const CONCURRENCY = 4;

/** Asks a fresh service with local analyzers for the analysis of every request, and answers in their order. */
export async function analyzeAll<Answer>(
  analysis: 'classify' | 'keywords' | 'sentiment' | 'summarize',
  requests: readonly { readonly text: string }[],
): Promise<Answer[]> {
  const service = await startService();
  try {
    return await mapConcurrently(requests, { limit: CONCURRENCY }, (request) =>
      postJson<Answer>(`${service.url}/api/v1/analysis/${analysis}`, request),
    );
  } finally {
    await service.stop();
  }
}
