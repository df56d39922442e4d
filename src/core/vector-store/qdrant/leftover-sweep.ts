import type { Queryable } from '../../database/database.js';
import type { QdrantConnection } from './qdrant-connection.js';
import type { ShapeCollections } from './shape-collections.js';

const BATCH = 500;

interface LeftoverRow {
  readonly id: string;
  readonly dimensions: number;
  readonly collection_key: string;
  readonly version: string | null;
}

/** Removes from Qdrant what nobody reads any more. Several replicas may do so at once. */
export async function sweepLeftovers(
  database: Queryable,
  connection: QdrantConnection,
  shapes: ShapeCollections,
): Promise<void> {
  for (;;) {
    const due = await database.query<LeftoverRow>(
      `select id, dimensions, collection_key, version from qdrant_leftovers
       where remove_after <= now() order by remove_after limit ${BATCH}`,
    );
    for (const [dimensions, rows] of groupByDimensions(due)) {
      await removePoints(connection, await shapes.ensure(dimensions), rows);
      await database.query('delete from qdrant_leftovers where id = any($1)', [rows.map(({ id }) => id)]);
    }
    if (due.length < BATCH) return;
  }
}

async function removePoints(
  connection: QdrantConnection,
  shape: string,
  rows: readonly LeftoverRow[],
): Promise<void> {
  const versions = rows.flatMap(({ version }) => version ?? []);
  const collections = rows.filter(({ version }) => version === null).map((row) => row.collection_key);
  const should = [
    ...(versions.length > 0 ? [{ key: 'version', match: { any: versions } }] : []),
    ...(collections.length > 0 ? [{ key: 'collection', match: { any: collections } }] : []),
  ];
  await connection.call((api, init) =>
    api.deletePoints({ collection_name: shape, wait: true, filter: { should } }, init),
  );
}

function groupByDimensions(rows: readonly LeftoverRow[]): Map<number, LeftoverRow[]> {
  const groups = new Map<number, LeftoverRow[]>();
  for (const row of rows) {
    const group = groups.get(row.dimensions) ?? [];
    group.push(row);
    groups.set(row.dimensions, group);
  }
  return groups;
}
