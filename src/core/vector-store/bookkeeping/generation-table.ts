import { ConflictError } from '../../../common/errors/conflict.error.js';
import type { Database, Queryable } from '../../database/database.js';
import type { Collection, GenerationDifferences } from '../vector-store.js';
import {
  COLLECTION_COLUMNS,
  type CollectionPlaces,
  type CollectionRow,
  toCollection,
  type WithCollection,
} from './collection-table.js';

/** No collection that a client names can be called so. */
const NAME_OF_GENERATION = "'~' || id";

export async function beginGeneration(
  database: Database,
  collection: Collection,
  { embeddingModel, dimensions }: Pick<Collection, 'embeddingModel' | 'dimensions'>,
  places: CollectionPlaces,
): Promise<Collection> {
  return database.transaction(async (transaction) => {
    await lock(transaction, collection);
    const earlier = await findGeneration(transaction, collection);
    if (earlier !== null) await drop(transaction, earlier, places.drop);
    const [row] = await transaction.query<CollectionRow>(
      `insert into collections (name, embedding_model, dimensions, replaces_id, index_parameters)
       select ${NAME_OF_GENERATION}, $2, $3, id, index_parameters from collections where id = $1 returning ${COLLECTION_COLUMNS}`,
      [collection.id, embeddingModel, dimensions],
    );
    if (row === undefined) throw gone();
    const generation = toCollection(row);
    await places.create(transaction, generation);
    return generation;
  });
}

export async function findGeneration(
  database: Queryable,
  collection: Collection,
): Promise<Collection | null> {
  const [row] = await database.query<CollectionRow>(
    `select ${COLLECTION_COLUMNS} from collections where replaces_id = $1`,
    [collection.id],
  );
  return row === undefined ? null : toCollection(row);
}

export async function discardGeneration(
  database: Database,
  generation: Collection,
  cleanUp: WithCollection,
): Promise<void> {
  await database.transaction((transaction) => drop(transaction, generation, cleanUp));
}

export async function compareGeneration(
  database: Queryable,
  collection: Collection,
  generation: Collection,
  limit: number,
): Promise<GenerationDifferences> {
  const [row] = await database.query<{ changed: string[]; removed: string[] }>(
    `select
       array(
         select ours.id from documents ours
         left join documents theirs on theirs.collection_id = $2 and theirs.id = ours.id
         where ours.collection_id = $1 and theirs.content_hash is distinct from ours.content_hash
         order by ours.id limit $3
       ) as changed,
       array(
         select theirs.id from documents theirs
         where theirs.collection_id = $2
           and not exists (select from documents ours where ours.collection_id = $1 and ours.id = theirs.id)
         order by theirs.id limit $3
       ) as removed`,
    [collection.id, generation.id, limit],
  );
  return { changed: row?.changed ?? [], removed: row?.removed ?? [] };
}

/** Writers hold the collection until they commit, so that none is in the middle of a document when this has it. */
export async function switchGeneration(
  database: Database,
  collection: Collection,
  generation: Collection,
  cleanUp: WithCollection,
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    await lock(transaction, collection);
    await lock(transaction, generation);
    const { changed, removed } = await compareGeneration(transaction, collection, generation, 1);
    if (changed.length + removed.length > 0) return false;
    await transaction.query(
      `update documents theirs set created_at = ours.created_at, updated_at = ours.updated_at
       from documents ours
       where theirs.collection_id = $2 and ours.collection_id = $1 and ours.id = theirs.id`,
      [collection.id, generation.id],
    );
    await transaction.query('update collections set replaces_id = null where id = $1', [generation.id]);
    const [old] = await transaction.query<CollectionRow>(
      `delete from collections where id = $1 returning ${COLLECTION_COLUMNS}`,
      [collection.id],
    );
    await transaction.query('update collections set name = $2, created_at = $3 where id = $1', [
      generation.id,
      old?.name,
      old?.created_at,
    ]);
    await cleanUp(transaction, collection);
    return true;
  });
}

async function drop(transaction: Queryable, generation: Collection, cleanUp: WithCollection): Promise<void> {
  const rows = await transaction.query(
    'delete from collections where id = $1 and replaces_id is not null returning id',
    [generation.id],
  );
  if (rows.length > 0) await cleanUp(transaction, generation);
}

async function lock(transaction: Queryable, collection: Collection): Promise<void> {
  const rows = await transaction.query('select id from collections where id = $1 for update', [
    collection.id,
  ]);
  if (rows.length === 0) throw gone();
}

function gone(): ConflictError {
  return new ConflictError(
    'The collection was deleted meanwhile, or another call embeds it anew; send the request again.',
  );
}
