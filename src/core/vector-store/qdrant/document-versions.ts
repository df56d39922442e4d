import { randomUUID } from 'node:crypto';
import type { Logger } from '@nestjs/common';
import type { Database, Queryable } from '../../database/database.js';
import { type AnalyzedDocument, analyzeDocuments } from '../bm25.js';
import * as collectionRows from '../bookkeeping/collection-table.js';
import { documentBatches } from '../bookkeeping/document-batches.js';
import * as documentRows from '../bookkeeping/document-table.js';
import { deletedMeanwhile, rethrowMissing } from '../bookkeeping/missing-collection.js';
import type { Collection, DocumentToStore } from '../vector-store.js';
import { type PreparedVersion, prepareVersion } from './chunk-points.js';
import { requireKey } from './collection-key.js';
import type { QdrantConnection } from './qdrant-connection.js';
import type { ShapeCollections } from './shape-collections.js';
import { readStatistics, updateTerms } from './term-statistics.js';
import {
  announceVersions,
  type DocumentVersion,
  findVersions,
  leaveBehind,
  switchVersions,
} from './version-table.js';

/** Points of one request: a few megabytes. */
const POINTS_PER_REQUEST = 128;

/**
 * Writes documents as versions. The points of a new version are written first and count for nothing; a transaction in
 * the database then makes it the one that counts, and notes that the one before is to be removed. A crash in between
 * leaves points that were announced for removal.
 */
export class DocumentVersions {
  constructor(
    private readonly database: Database,
    private readonly connection: QdrantConnection,
    private readonly shapes: ShapeCollections,
    private readonly logger: Logger,
  ) {}

  async replace(collection: Collection, documents: readonly DocumentToStore[]): Promise<void> {
    for (const batch of documentBatches(documents)) await this.replaceBatch(collection, batch);
  }

  /** @returns whether there was one; null where there is no such collection any more */
  async delete(collection: Collection, id: string): Promise<boolean | null> {
    const outcome = await this.database.transaction(async (transaction) => {
      const key = await lockDocument(transaction, collection, id);
      const removed = await findVersions(transaction, collection, [id]);
      const existed = await documentRows.deleteDocumentRow(transaction, collection.id, id);
      if (existed !== true) return { existed, removed: [] };
      await leaveBehind(transaction, collection, requireKey(collection, key), removed);
      await count(transaction, collection, 0, [], removed);
      return { existed, removed };
    });
    await this.markSuperseded(collection, outcome.removed);
    return outcome.existed;
  }

  private async replaceBatch(collection: Collection, batch: readonly DocumentToStore[]): Promise<void> {
    const statistics = await readStatistics(this.database, collection, []);
    if (statistics === null) throw deletedMeanwhile(collection)();
    const key = requireKey(collection, statistics.key);
    const analyzed = await analyzeDocuments(batch);
    const owner = { tenant: statistics.tenant, collection: key };
    const averageLength = averageWith(analyzed, statistics);
    const prepared = analyzed.map((document) => prepareVersion(document, owner, randomUUID(), averageLength));
    const versions = prepared.map(({ version }) => version);
    await announceVersions(
      this.database,
      collection,
      key,
      versions.map(({ version }) => version),
    );
    await this.writePoints(collection, prepared);
    const replaced = await this.database
      .transaction(async (transaction) => {
        const created = await documentRows.upsertDocuments(transaction, collection.id, batch);
        if (created === null) throw deletedMeanwhile(collection)();
        const old = await switchVersions(transaction, collection, key, versions);
        await count(transaction, collection, created, versions, old);
        return old;
      })
      .catch(rethrowMissing(deletedMeanwhile(collection)));
    await this.markSuperseded(collection, replaced);
  }

  private async writePoints(collection: Collection, prepared: readonly PreparedVersion[]): Promise<void> {
    const shape = await this.shapes.ensure(collection.dimensions);
    const points = prepared.flatMap((document) => document.points);
    for (let start = 0; start < points.length; start += POINTS_PER_REQUEST) {
      const slice = points.slice(start, start + POINTS_PER_REQUEST);
      try {
        await this.connection.call((api, init) =>
          api.upsertPoints({ collection_name: shape, wait: true, points: slice }, init),
        );
      } catch (error) {
        // Somebody may have dropped the collection, which the next write makes again.
        this.shapes.forget(collection.dimensions);
        throw error;
      }
    }
  }

  /** Spares searches from looking at them. They are told apart without it, and removed later. */
  private async markSuperseded(collection: Collection, versions: readonly DocumentVersion[]): Promise<void> {
    if (versions.length === 0) return;
    const filter = { must: [{ key: 'version', match: { any: versions.map(({ version }) => version) } }] };
    try {
      await this.connection.call((api, init) =>
        api.setPayload(
          {
            collection_name: this.shapes.nameFor(collection.dimensions),
            wait: true,
            payload: { superseded: true },
            filter,
          },
          init,
        ),
      );
    } catch (error) {
      this.logger.warn(`Could not mark what was replaced in Qdrant: ${String(error)}`);
    }
  }
}

async function lockDocument(
  transaction: Queryable,
  collection: Collection,
  id: string,
): Promise<string | undefined> {
  // The collection first, as everybody does.
  await transaction.query('select from collections where id = $1 for key share', [collection.id]);
  await transaction.query('select from documents where collection_id = $1 and id = $2 for update', [
    collection.id,
    id,
  ]);
  const [row] = await transaction.query<{ key: string }>(
    'select key from qdrant_collections where collection_id = $1',
    [collection.id],
  );
  return row?.key;
}

/** Last in a transaction, as the rows that all writers of the collection change stay locked until its end. */
async function count(
  transaction: Queryable,
  collection: Collection,
  created: number,
  added: readonly DocumentVersion[],
  removed: readonly DocumentVersion[],
): Promise<void> {
  await updateTerms(transaction, collection, added, removed);
  const total = (of: 'chunkCount' | 'termCount') =>
    added.reduce((sum, version) => sum + version[of], 0) -
    removed.reduce((sum, version) => sum + version[of], 0);
  await collectionRows.addToTotals(transaction, collection.id, {
    documents: added.length === 0 ? -removed.length : created,
    chunks: total('chunkCount'),
    terms: total('termCount'),
  });
}

/** The average length once these are in. */
function averageWith(
  analyzed: readonly AnalyzedDocument[],
  { chunks, averageLength }: { readonly chunks: number; readonly averageLength: number },
): number {
  let terms = chunks * averageLength;
  let all = chunks;
  for (const { termFrequencies } of analyzed) {
    all += termFrequencies.length;
    for (const frequencies of termFrequencies)
      for (const frequency of frequencies.values()) terms += frequency;
  }
  return Math.max(terms, 1) / Math.max(all, 1);
}
