import { burst } from '../support/burst.js';
import { eventually } from '../support/eventually.js';
import { pastTasks } from '../support/past-tasks.js';
import { ServiceProcess } from '../support/service-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const COMPLEXITY = '/api/v1/complexity';
const OUTCOMES = 60;

/** `describe`, or `describe.skip` with a printed reason where only the embedded database is, which has one process. */
function describeWithServer(): jest.Describe {
  if (process.env['TEST_DATABASE_URL'] !== undefined) return describe;
  process.stderr.write('Skipped: tests with two processes, because TEST_DATABASE_URL is not set.\n');
  return describe.skip;
}

describeWithServer()('two processes on one database', () => {
  let database: TestDatabase;
  let services: ServiceProcess[];

  beforeAll(async () => {
    database = await createTestDatabase();
    services = await Promise.all([1, 2].map(() => ServiceProcess.start(database.variables)));
  });
  afterAll(async () => {
    await Promise.all(services.map((service) => service.stop()));
    await database.remove();
  });

  it('lose no outcome, and agree about the accuracy', async () => {
    const answers = await Promise.all(
      services.map((service, index) =>
        burst(
          `${service.url}${COMPLEXITY}/post-analyze`,
          Array.from({ length: OUTCOMES }, (_, number) => ({
            project: 'shared',
            lines_added: 10,
            lines_removed: 1,
            files_changed: 1,
            commits: 1,
            title: `Task ${index}-${number}`,
            pre_complexity_score: 3,
            pre_estimated_hours: 6,
            actual_hours: 1 + number,
          })),
        ),
      ),
    );
    expect(answers.flat().map(({ status }) => status)).toEqual(Array(2 * OUTCOMES).fill(200));
    const [one, other] = services.map(({ client }) => client);
    const { body: history } = await one!.get<{ total: number; tasks: { actual_hours: number }[] }>(
      `${COMPLEXITY}/history?project=shared&limit=1000`,
    );
    expect([history.total, history.tasks.length]).toEqual([2 * OUTCOMES, 2 * OUTCOMES]);
    const errors = history.tasks.map(({ actual_hours: hours }) => Math.abs(6 - hours));
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const accuracies = await Promise.all(
      [one!, other!].map((client) => client.get(`${COMPLEXITY}/accuracy?project=shared`)),
    );
    expect(accuracies[0]!.body).toMatchObject({
      count: 2 * OUTCOMES,
      mean_absolute_error_hours: Math.round(mean * 10_000) / 10_000,
    });
    expect(accuracies[1]!.body).toEqual(accuracies[0]!.body);
  });

  it('count right when both import the same tasks', async () => {
    const body = { project: 'imported', tasks: pastTasks(500) };
    const answers = await Promise.all(
      services.map(({ client }) =>
        client.post<{ imported: number; updated: number }>(`${COMPLEXITY}/history`, body),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]!.body.imported + answers[1]!.body.imported).toBe(500);
    expect(answers[0]!.body.updated + answers[1]!.body.updated).toBe(500);
  });

  it('estimate by what the other one has taken in', async () => {
    const [one, other] = services.map(({ client }) => client);
    const ask = { project: 'passed-on', title: 'Fix typo on orders' };
    await one!.post(`${COMPLEXITY}/history`, { project: 'passed-on', tasks: pastTasks(30) });
    const before = await other!.post<{ estimated_hours: number }>(`${COMPLEXITY}/pre-estimate`, ask);
    expect(before.body).toMatchObject({ method: 'history' });
    const longer = pastTasks(200, { seed: 2 }).map((task) => ({ ...task, actual_hours: 70 }));
    await one!.post(`${COMPLEXITY}/history`, { project: 'passed-on', tasks: longer });
    await eventually(async () => {
      const after = await other!.post<{ estimated_hours: number }>(`${COMPLEXITY}/pre-estimate`, ask);
      expect(after.body.estimated_hours).toBeGreaterThan(before.body.estimated_hours + 5);
    });
  });
});
