import pg from 'pg';
import { MIGRATIONS } from '../../src/core/database/migrations/index.js';
import { ServiceProcess } from '../support/service-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const REPLICAS = 5;

const describeWithServer = process.env['TEST_DATABASE_URL'] === undefined ? describe.skip : describe;

describeWithServer('five replicas that start at once on an empty PostgreSQL database', () => {
  let database: TestDatabase;
  let replicas: ServiceProcess[];

  beforeEach(async () => {
    database = await createTestDatabase();
    replicas = Array.from({ length: REPLICAS }, () => ServiceProcess.spawn(database.variables));
  });

  afterEach(async () => {
    await Promise.all(replicas.map((replica) => replica.kill()));
    await database.remove();
  });

  it('all become ready, and record each migration once', async () => {
    await Promise.all(replicas.map((replica) => replica.ready()));
    for (const { client } of replicas) expect((await client.get('/ready')).status).toBe(200);
    const recorded = await queryOn<{ name: string }>(database, 'select name from migrations order by id');
    expect(recorded.map(({ name }) => name)).toEqual(MIGRATIONS.map(({ name }) => name));
  });
});

async function queryOn<Row extends pg.QueryResultRow>(
  { variables }: TestDatabase,
  statement: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: variables['DATABASE_URL'] });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}
