import type { Schemas } from '@qdrant/js-client-rest';
import type { Queryable } from '../../database/database.js';
import { matchesFilter } from '../filter/matches-filter.js';
import type { Collection, SearchRequest } from '../vector-store.js';
import { type Candidate, CandidateQuery } from './candidates.js';
import { type Condition, filterToQdrant, isExact } from './filter-to-qdrant.js';
import type { QdrantConnection } from './qdrant-connection.js';
import type { CorpusStatistics } from './term-statistics.js';
import { type CurrentDocument, currentDocuments } from './version-table.js';

/** How often a search is asked again because documents changed beneath it. */
const MAX_ROUNDS = 6;

/** A candidate with the document that it belongs to. */
export interface Passage {
  readonly candidate: Candidate;
  readonly document: CurrentDocument;
}

/**
 * Finds the best chunks such that those of one document are all of one version, which was the one that counts at
 * some moment of the search. Qdrant is asked first, then the database which versions count. Where one that is found
 * doesn't, or began to count only after the search had begun (so that some of its points may have been missing), the
 * version that counts is settled on, and Qdrant is asked again for this and no other of the document. Versions that
 * were replaced stay in Qdrant for longer than any search takes, so what is settled on is there.
 */
export class SearchRounds {
  private readonly query: CandidateQuery;
  private readonly settled = new Map<string, CurrentDocument | null>();
  private readonly excluded: string[] = [];
  private readonly isExact: boolean;

  constructor(
    private readonly database: Queryable,
    private readonly connection: QdrantConnection,
    private readonly shape: string,
    private readonly collection: Collection,
    private readonly request: SearchRequest,
    private readonly statistics: CorpusStatistics,
  ) {
    this.query = new CandidateQuery(request, statistics);
    this.isExact = isExact(request.filter);
  }

  async run(): Promise<Passage[]> {
    const condition = filterToQdrant(this.request.filter);
    if (condition === false) return [];
    for (let round = 1; ; round += 1) {
      const candidates = await this.ask(condition);
      const { passages, isFinal } = await this.check(candidates.slice(0, this.request.limit));
      if (isFinal || round === MAX_ROUNDS) return passages;
    }
  }

  private async ask(condition: Condition | true): Promise<Candidate[]> {
    const searches = this.query.requests(this.filter(condition));
    const results = await this.connection.call(
      (api, init) =>
        api.queryBatchPoints({ collection_name: this.shape, ...this.connection.reading, searches }, init),
      this.request.signal,
    );
    return this.query.rank(results);
  }

  private filter(condition: Condition | true): Schemas['Filter'] {
    const versions = [...this.settled.values()].flatMap((current) => current?.version ?? []);
    const others: Schemas['Filter'] = {
      must_not: [
        { key: 'superseded', match: { value: true } },
        ...(this.settled.size > 0 ? [{ key: 'document', match: { any: [...this.settled.keys()] } }] : []),
      ],
    };
    const settled: Condition[] = versions.length > 0 ? [{ key: 'version', match: { any: versions } }] : [];
    return {
      must: [
        { key: 'tenant', match: { value: this.statistics.tenant } },
        { key: 'collection', match: { value: this.statistics.key } },
        { should: [others, ...settled] },
        ...(condition === true ? [] : [condition]),
      ],
      ...(this.excluded.length > 0 && { must_not: [{ has_id: this.excluded }] }),
    };
  }

  private async check(candidates: readonly Candidate[]): Promise<{ passages: Passage[]; isFinal: boolean }> {
    const current = await this.currentOf(candidates);
    const wrong = new Set<string>();
    const passages: Passage[] = [];
    let falseMatches = 0;
    for (const candidate of candidates) {
      const known = this.settled.get(candidate.document);
      const document = known ?? current.get(candidate.document);
      const isSettled = known !== undefined || document?.isSettled === true;
      if (!document || !isSettled || document.version !== candidate.version) {
        wrong.add(candidate.document);
      } else if (this.isFalseMatch(candidate, document)) {
        this.excluded.push(candidate.point);
        falseMatches += 1;
      } else {
        passages.push({ candidate, document });
      }
    }
    for (const id of wrong) this.settled.set(id, current.get(id) ?? null);
    return {
      passages: passages.filter(({ candidate }) => !wrong.has(candidate.document)),
      isFinal: wrong.size === 0 && falseMatches === 0,
    };
  }

  /** What counts now of the candidates' documents, but for those that are settled. */
  private async currentOf(candidates: readonly Candidate[]): Promise<Map<string, CurrentDocument>> {
    const ids = new Set(candidates.map(({ document }) => document).filter((id) => !this.settled.has(id)));
    if (ids.size === 0) return new Map();
    return currentDocuments(this.database, this.collection, [...ids], this.statistics.snapshot);
  }

  private isFalseMatch({ place }: Candidate, { document }: CurrentDocument): boolean {
    if (this.isExact) return false;
    return !matchesFilter(this.request.filter, {
      document_id: document.id,
      title: document.title,
      source: document.source,
      source_type: document.sourceType,
      metadata: { ...place, ...document.metadata },
    });
  }
}
