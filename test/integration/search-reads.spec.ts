import { PgVectorStore } from '../../src/core/vector-store/pgvector/pgvector-store.js';
import { searchStatement } from '../../src/core/vector-store/pgvector/search-statement.js';
import type { SearchMode } from '../../src/core/vector-store/vector-store.js';
import { type OpenDatabase, openDatabase } from '../support/open-database.js';
import { ANYTHING, document } from '../support/stored-documents.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const DOCUMENTS = 300;
const LIMIT = 10;
const DIMENSIONS = 3;

interface Plan {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

describe('what a search reads, right after a collection was filled', () => {
  let home: TestDatabase;
  let opened: OpenDatabase;

  beforeAll(async () => {
    home = await createTestDatabase();
    opened = await openDatabase(home.variables);
  });
  afterAll(async () => {
    await opened.close();
    await home.remove();
  });

  it.each<SearchMode>(['dense', 'keyword', 'hybrid'])(
    'is, in %s mode, no document but those of the hits',
    async (mode) => {
      const store = new PgVectorStore(opened.database);
      const collection = await store.ensureCollection(`reads-${mode}`, 'model', DIMENSIONS);
      const documents = Array.from({ length: DOCUMENTS }, (_, number) =>
        document(`d-${number}`, [`ship number ${number}`], [[1, number, 0]]),
      );
      await store.replaceDocuments(collection, documents);
      const { text, parameters } = searchStatement(
        collection,
        { ...ANYTHING, mode, query: 'ship', vector: Float32Array.of(1, 2, 3), limit: LIMIT },
        null,
      );
      const [row] = await opened.database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `explain (analyze, format json) ${text}`,
        parameters,
      );
      expect(rowsReadOf('documents', row!['QUERY PLAN'][0].Plan)).toBe(LIMIT);
    },
  );
});

function rowsReadOf(table: string, plan: Plan): number {
  const own = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0);
  const here = plan['Relation Name'] === table ? own * plan['Actual Loops'] : 0;
  return (plan.Plans ?? []).reduce((sum, part) => sum + rowsReadOf(table, part), here);
}
