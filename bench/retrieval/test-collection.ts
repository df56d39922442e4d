import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface TestDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface TestQuery {
  readonly id: string;
  readonly text: string;
}

/** A retrieval test collection: `docs.jsonl`, `queries.jsonl` and `qrels.tsv` in one folder. */
export interface TestCollection {
  readonly documents: readonly TestDocument[];
  readonly queries: readonly TestQuery[];
  /** Ids of the relevant documents of each query that has any. */
  readonly relevant: ReadonlyMap<string, ReadonlySet<string>>;
}

export async function readTestCollection(folder: string): Promise<TestCollection> {
  const [documents, queries, judgements] = await Promise.all([
    readJsonLines<TestDocument>(join(folder, 'docs.jsonl')),
    readJsonLines<TestQuery>(join(folder, 'queries.jsonl')),
    readFile(join(folder, 'qrels.tsv'), 'utf8'),
  ]);
  return { documents, queries, relevant: parseJudgements(judgements) };
}

async function readJsonLines<Item>(path: string): Promise<Item[]> {
  const text = await readFile(path, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Item);
}

/** Lines of query, document and grade; the first names the columns, and grades of 0 and below are not relevant. */
function parseJudgements(text: string): Map<string, Set<string>> {
  const relevant = new Map<string, Set<string>>();
  for (const line of text.split('\n').slice(1)) {
    const [query, document, grade] = line.split('\t');
    if (query === undefined || document === undefined || !(Number(grade) > 0)) continue;
    relevant.set(query, (relevant.get(query) ?? new Set()).add(document));
  }
  return relevant;
}
