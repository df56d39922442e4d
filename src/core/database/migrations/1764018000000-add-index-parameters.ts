import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a collection's vectors are indexed and searched, as far as that is not by default. */
export class AddIndexParameters1764018000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table collections add column index_parameters jsonb not null default '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table collections drop column index_parameters');
  }
}
