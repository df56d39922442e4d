import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Collections, their documents, and two partitioned tables with a partition for each collection: the chunks with
 * their vectors, and the inverted index that keyword search reads.
 */
export class CreateDocuments1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create extension if not exists vector');
    await runner.query(COLLECTIONS);
    await runner.query(DOCUMENTS);
    await runner.query('create sequence chunk_ids');
    await runner.query(CHUNKS);
    await runner.query(POSTINGS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table postings, chunks, documents, collections');
    await runner.query('drop sequence chunk_ids');
  }
}

const COLLECTIONS = `
  create table collections (
    id integer generated always as identity primary key,
    name text collate "C" not null unique,
    embedding_model text not null,
    dimensions integer not null,
    document_count bigint not null default 0,
    chunk_count bigint not null default 0,
    -- Terms in all chunks, for the average length that BM25 needs.
    term_count bigint not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`;

const DOCUMENTS = `
  create table documents (
    collection_id integer not null references collections on delete cascade,
    id text collate "C" not null,
    content_hash bytea not null,
    title text,
    source text,
    source_type text,
    metadata jsonb not null,
    character_count integer not null,
    chunk_count integer not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (collection_id, id)
  )`;

const CHUNKS = `
  create table chunks (
    collection_id integer not null,
    -- Partitions can't have identity columns before PostgreSQL 17.
    id bigint not null default nextval('chunk_ids'),
    document_id text collate "C" not null,
    chunk_index integer not null,
    start_offset integer not null,
    end_offset integer not null,
    text text not null,
    -- Of what was embedded, so that a chunk that stays the same keeps its vector.
    input_hash bytea not null,
    term_count integer not null,
    embedding vector not null
  ) partition by list (collection_id)`;

const POSTINGS = `
  create table postings (
    collection_id integer not null,
    term text collate "C" not null,
    chunk_id bigint not null,
    frequency integer not null,
    chunk_term_count integer not null
  ) partition by list (collection_id)`;
