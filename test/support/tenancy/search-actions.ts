import { matchesFilter } from '../../../src/core/vector-store/filter/matches-filter.js';
import { parseFilter } from '../../../src/core/vector-store/filter/parse-filter.js';
import { parseEvents } from '../sse-client.js';
import { collectionAt } from './documents.js';
import { filterAt } from './filters.js';
import { type Action, pick, wordAt } from './tenant-actor.js';

const EMBEDDING = { model: 'local-lexical', dimensions: 64 };
const MODES = ['dense', 'hybrid', 'keyword'];

/** What is looked for, and what is embedded. */
export const SEARCH_ACTIONS = {
  async search(actor, choice) {
    const collection = collectionAt(choice.a);
    const documents = actor.collections.get(collection);
    const filter = filterAt(actor, choice.c);
    const mode = pick(MODES, choice.b);
    const json = { query: 'report', collection, mode, limit: 100, min_score: 0, filter };
    const { results = [] } = await actor.get<{ results?: { document_id: string; text: string }[] }>(
      { method: 'POST', path: '/api/v1/rag/search', json },
      documents === undefined ? 404 : 200,
    );
    const parsed = parseFilter(filter);
    const expected = [...(documents?.values() ?? [])].filter((document) => matchesFilter(parsed, document));
    const found = results.map(({ document_id: id, text }) => [id, text]);
    expect([filter, found.sort()]).toEqual([
      filter,
      expected.map(({ document_id: id, text }) => [id, text]).sort(),
    ]);
  },
  async query(actor, { a, b, c }) {
    const collection = collectionAt(a);
    const stream = c % 2 === 1;
    const query = `What is the report about the ${wordAt(b)}?`;
    const answer = await actor.call({
      method: 'POST',
      path: '/api/v1/rag/query',
      json: { query, collection, model: 'local-extractive', stream },
    });
    const documents = actor.collections.get(collection);
    expect([collection, answer.status]).toEqual([collection, documents === undefined ? 404 : 200]);
    if (documents === undefined) return;
    const data = stream
      ? parseEvents(answer.text).find(({ event }) => event === 'sources')?.data
      : (JSON.parse(answer.text) as unknown);
    const { sources } = data as { sources: { text: string }[] };
    const own = new Set([...documents.values()].map(({ text }) => text));
    expect(sources.filter(({ text }) => !own.has(text))).toEqual([]);
  },
  async embed(actor, { a }) {
    const text = `A ${wordAt(a)} and a ${wordAt(a >> 3)}.`;
    const answer = await actor.get<{ cached: boolean }>({
      method: 'POST',
      path: '/api/v1/embeddings/generate',
      json: { text, ...EMBEDDING },
    });
    expect([text, answer.cached]).toEqual([text, actor.noteEmbedded(text)]);
  },
  async embedBatch(actor, { a, b }) {
    const texts = [...new Set([a, b, a + b].map((number) => `A ${wordAt(number)} and a ${wordAt(b)}.`))];
    const answer = await actor.get<{ cached_count: number }>({
      method: 'POST',
      path: '/api/v1/embeddings/batch',
      json: { texts, ...EMBEDDING },
    });
    const known = texts.filter((text) => actor.noteEmbedded(text)).length;
    expect([texts, answer.cached_count]).toEqual([texts, known]);
  },
} satisfies Record<string, Action>;
