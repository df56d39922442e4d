import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where in its file a chunk is: page, headings and the like. Empty for documents that came as text. */
export class AddChunkMetadata1764007200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table chunks add column metadata jsonb not null default '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table chunks drop column metadata');
  }
}
