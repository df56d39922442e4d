import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateRows } from '../tenancy/tenant-policies.js';

/**
 * What the service knows about documents whose chunks are in Qdrant: which version of each counts, how many chunks
 * hold each term, and what is still to be removed there.
 */
export class CreateQdrantBookkeeping1764016200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [COLLECTIONS, DOCUMENTS, TERMS, LEFTOVERS, LEFTOVERS_BY_TIME]) {
      await runner.query(statement);
    }
    for (const table of ['qdrant_collections', 'qdrant_documents', 'qdrant_terms']) {
      for (const statement of isolateRows(table, 'tenant')) await runner.query(statement);
    }
    // The service removes what is left over by itself.
    for (const statement of isolateRows('qdrant_leftovers', 'tenant and service'))
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table qdrant_leftovers, qdrant_terms, qdrant_documents, qdrant_collections');
  }
}

const TENANT = `tenant text collate "C" not null default current_setting('ml_service.tenant')
      check (tenant not in ('', '*'))`;

const COLLECTIONS = `
  create table qdrant_collections (
    ${TENANT},
    -- Not tied to its row in \`collections\`: when that goes, the key is still needed to remove the points.
    collection_id integer primary key,
    -- In the payload of its points. Unlike the id it is never given again, also not by a restored database.
    key uuid not null default gen_random_uuid()
  )`;

const DOCUMENTS = `
  create table qdrant_documents (
    ${TENANT},
    collection_id integer not null,
    document_id text collate "C" not null,
    -- In the payload of the points that are the document now.
    version uuid not null,
    -- Tells a search whether the version was there when it began.
    committed_in xid8 not null default pg_current_xact_id(),
    chunk_count integer not null,
    term_count integer not null,
    -- How many of the chunks hold each term.
    terms jsonb not null,
    bytes bigint not null,
    primary key (collection_id, document_id),
    foreign key (collection_id, document_id) references documents on delete cascade,
    foreign key (collection_id) references qdrant_collections on delete cascade
  )`;

const TERMS = `
  create table qdrant_terms (
    ${TENANT},
    collection_id integer not null references qdrant_collections on delete cascade,
    term text collate "C" not null,
    chunk_count bigint not null,
    primary key (collection_id, term)
  )`;

// Not tied to the collection: what a deleted one leaves in Qdrant must still be removed.
const LEFTOVERS = `
  create table qdrant_leftovers (
    ${TENANT},
    id bigint generated always as identity primary key,
    dimensions integer not null,
    collection_key uuid not null,
    -- Null for everything of the collection.
    version uuid unique,
    remove_after timestamptz not null
  )`;

const LEFTOVERS_BY_TIME = 'create index on qdrant_leftovers (remove_after)';
