import { startFullApp } from '../support/full-app.js';
import fc from 'fast-check';
import { bodyOf, type ExactAnswer, exactRequest } from '../support/exact-request.js';
import { fetchDocument, findOperation, listOperations, type Operation } from '../support/openapi-document.js';
import { OpenApiValidator } from '../support/openapi-validator.js';
import { type RandomCall, randomCalls } from '../support/random-requests.js';
import type { TestApp } from '../support/test-app.js';

const SEED = 20_251_124;
const INDEX = '/api/v1/rag/index';

/** What should be stored, going by the answers. */
class ExpectedStore {
  private readonly collections = new Map<string, Set<string>>();

  note({ operation, request }: RandomCall, answer: ExactAnswer): void {
    if (answer.status !== 200) return;
    if (operation.includes(INDEX)) {
      const { collection, document_ids: ids } = bodyOf(answer) as {
        collection: string;
        document_ids: string[];
      };
      this.collections.set(collection, new Set([...(this.collections.get(collection) ?? []), ...ids]));
    } else if (request.method === 'DELETE') {
      const [, name = '', id] = /\/collection\/([^/?]+)(?:\/documents\/([^/?]+))?/u.exec(request.path) ?? [];
      if (id === undefined) this.collections.delete(decodeURIComponent(name));
      else this.collections.get(decodeURIComponent(name))?.delete(decodeURIComponent(id));
    }
  }

  get counts(): Record<string, number> {
    return Object.fromEntries([...this.collections].map(([name, ids]) => [name, ids.size]));
  }
}

describe('random requests', () => {
  let service: TestApp;
  let operations: Operation[];
  let validator: OpenApiValidator;

  beforeAll(async () => {
    service = await startFullApp();
    const document = await fetchDocument(service.url);
    operations = listOperations(document);
    validator = new OpenApiValidator(document);
  });
  afterAll(() => service.close());

  it('are answered as documented, never with a 5xx, and store only what is accepted', async () => {
    const stored = new ExpectedStore();
    const statuses = new Set<number>();
    // No random request knows its name, so at least this has to be there in the end.
    const first = { method: 'POST', path: INDEX, body: '{"documents":[{"text":"a"}],"collection":"kept"}' };
    stored.note({ operation: `POST ${INDEX}`, request: first }, await exactRequest(service.url, first));
    await fc.assert(
      fc.asyncProperty(randomCalls, async (call) => {
        const answer = await exactRequest(service.url, call.request);
        stored.note(call, answer);
        statuses.add(answer.status);
        expect(answer.status).toBeLessThan(500);
        const operation = findOperation(operations, call.request.method!, call.request.path);
        const documented = operation ?? operations.find(({ name }) => name === call.operation)!;
        const { status, headers, text } = answer;
        expect(
          validator.checkAnswer(documented, { status, text, contentType: headers['content-type'] ?? '' }),
        ).toEqual([]);
      }),
      // Requests depend on what is stored, so that shrinking one would look for something else.
      { numRuns: 300, seed: SEED, endOnFailure: true },
    );

    expect([...statuses].sort()).toEqual([200, 400, 404, 415, 422]);
    const stats = bodyOf(await exactRequest(service.url, { path: '/api/v1/rag/stats' }));
    const { collections } = stats as { collections: { name: string; documents: number }[] };
    expect(stored.counts).toMatchObject({ kept: 1 });
    expect(Object.fromEntries(collections.map(({ name, documents }) => [name, documents]))).toEqual(
      stored.counts,
    );
    expect((await exactRequest(service.url, { path: '/health' })).status).toBe(200);
  }, 120_000);
});
