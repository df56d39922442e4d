import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A collection that is being filled to take the place of another one, when its embedding model changes. */
export class AddGenerations1764012600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table collections add column replaces_id integer unique references collections on delete cascade',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table collections drop column replaces_id');
  }
}
