import { eventually } from '../support/eventually.js';
import { JsonClient } from '../support/json-client.js';
import { pastTasks } from '../support/past-tasks.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const COMPLEXITY = '/api/v1/complexity';

interface Estimate {
  readonly estimate_id: string;
  readonly complexity_score: number;
  readonly complexity_name: string;
  readonly estimated_hours: number;
  readonly hours_range: { readonly low: number; readonly high: number };
  readonly estimated_points: number;
  readonly estimated_story_points?: number;
  readonly factors: readonly { name: string; impact: number; explanation: string }[];
  readonly similar_tasks: readonly Record<string, unknown>[];
  readonly reasoning: string;
  readonly confidence: number;
  readonly method: string;
}

const CHANGE = { lines_added: 170, lines_removed: 30, files_changed: 6, commits: 4 };

describe('estimates of tasks', () => {
  let service: TestApp;
  let client: JsonClient;

  beforeAll(async () => {
    service = await startTestApp();
    client = new JsonClient(service.url);
  });
  afterAll(() => service.close());

  const estimate = async (body: object): Promise<Estimate> => {
    const answer = await client.post<Estimate>(`${COMPLEXITY}/pre-estimate`, body);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const importTasks = async (project: string, tasks: object[]) => {
    expect((await client.post(`${COMPLEXITY}/history`, { project, tasks })).status).toBe(200);
  };
  const analyze = (body: object) => client.post(`${COMPLEXITY}/post-analyze`, { ...CHANGE, ...body });

  describe('of a project without a history', () => {
    it('rest on the text alone, and say why', async () => {
      const typo = await estimate({ title: 'Fix typo on platform page' });
      expect(typo).toMatchObject({
        complexity_score: 1,
        complexity_name: 'Trivial',
        estimated_points: 5,
        method: 'heuristic',
        similar_tasks: [],
      });
      expect(typo.factors.length).toBeGreaterThan(0);
      expect(typo.estimated_story_points).toBeUndefined();
      const engine = await estimate({ title: 'Implement configurable multi-tenant billing engine' });
      expect(engine.complexity_score).toBeGreaterThanOrEqual(4);
    });

    it('have hours in their range, within the level', async () => {
      const { estimated_hours: hours, hours_range: range } = await estimate({ title: 'Add a login page' });
      expect(range.low).toBeLessThanOrEqual(hours);
      expect(range.high).toBeGreaterThanOrEqual(hours);
    });

    it('accept what older clients send for nothing', async () => {
      await estimate({
        title: 'Add a login page',
        description: '',
        issue_type: 'task',
        labels: [],
        milestone: null,
        project_context: '',
        related_files: [],
      });
    });
  });

  describe('of a project with a history', () => {
    it('follow its hours, and cite the tasks that resemble it', async () => {
      await importTasks('with-hours', pastTasks(200));
      const migration = await estimate({ project: 'with-hours', title: 'Migrate database of invoices' });
      const typo = await estimate({ project: 'with-hours', title: 'Fix typo on orders' });
      expect([migration.method, typo.method]).toEqual(['history', 'history']);
      expect(migration.estimated_hours).toBeGreaterThan(4 * typo.estimated_hours);
      expect(migration.hours_range.high).toBeGreaterThan(migration.hours_range.low);
      expect(migration.similar_tasks.length).toBeGreaterThan(0);
      expect(migration.similar_tasks[0]).toMatchObject({
        title: expect.stringMatching(/^Migrate database/u) as unknown,
        actual_hours: expect.any(Number) as unknown,
      });
      expect(migration.factors[0]!.name).toBe('project history');
    });

    it('come back in story points where it keeps them', async () => {
      await importTasks('with-points', pastTasks(200, { figures: ['points'] }));
      const migration = await estimate({ project: 'with-points', title: 'Migrate database of invoices' });
      const typo = await estimate({ project: 'with-points', title: 'Fix typo on orders' });
      expect(migration.method).toBe('history');
      expect(migration.estimated_story_points).toBeGreaterThan(typo.estimated_story_points!);
      expect(migration.complexity_score).toBeGreaterThan(typo.complexity_score);
      expect(migration.estimated_hours).toBeGreaterThan(typo.estimated_hours);
    });

    it('need 20 outcomes', async () => {
      const tasks = pastTasks(20);
      await importTasks('short', tasks.slice(0, 19));
      expect((await estimate({ project: 'short', title: 'Fix typo on orders' })).method).toBe('heuristic');
      await importTasks('short', tasks.slice(19));
      expect((await estimate({ project: 'short', title: 'Fix typo on orders' })).method).toBe('history');
    });

    it('do without it once it is deleted, and never cite another one', async () => {
      await importTasks('deleted', pastTasks(30));
      expect((await estimate({ project: 'deleted', title: 'Fix typo on orders' })).method).toBe('history');
      await client.delete(`${COMPLEXITY}/history?project=deleted`);
      expect((await estimate({ project: 'deleted', title: 'Fix typo on orders' })).method).toBe('heuristic');
      await importTasks('deleted', pastTasks(30, { seed: 2 }));
      const { similar_tasks: similar } = await estimate({ project: 'deleted', title: 'Fix typo on orders' });
      expect(similar.length).toBeGreaterThan(0);
      expect(similar.every(({ id }) => String(id).startsWith('TEAM-2-'))).toBe(true);
    });

    it('learn from outcomes that arrive', async () => {
      await importTasks('learning', pastTasks(25));
      const before = await estimate({ project: 'learning', title: 'Polish the quarterly dashboard' });
      for (let index = 0; index < 25; index += 1) {
        await analyze({ project: 'learning', title: 'Polish the quarterly dashboard', actual_hours: 60 });
      }
      await eventually(async () => {
        const after = await estimate({ project: 'learning', title: 'Polish the quarterly dashboard' });
        expect(after.estimated_hours).toBeGreaterThan(before.estimated_hours + 5);
      });
    });
  });

  describe('compared with what tasks turned out to be', () => {
    it('belong to the outcome that names them', async () => {
      const { estimate_id: id, complexity_score: level } = await estimate({
        project: 'compared',
        title: 'Add filter to orders',
      });
      const { status, body } = await analyze({ estimate_id: id, actual_hours: 30 });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        outcome_id: id,
        project: 'compared',
        actual_complexity: 5,
        complexity_name: 'Epic',
        actual_points: 50,
        metrics: { lines_added: 170, lines_changed: 200, review_comments: 0 },
      });
      const difference = 5 - level;
      expect(body['point_adjustment']).toBe(difference >= 2 ? 1.25 : difference === 1 ? 1.15 : 1.1);
      expect(body['accuracy_score']).toBeLessThan(100);
      const { body: history } = await client.get<{ tasks: object[]; total: number }>(
        `${COMPLEXITY}/history?project=compared`,
      );
      expect(history).toMatchObject({
        total: 1,
        tasks: [{ id, title: 'Add filter to orders', actual_hours: 30, estimated_complexity: level }],
      });
    });

    it('keep one outcome, the last', async () => {
      const { estimate_id: id } = await estimate({ project: 'twice', title: 'Add filter to orders' });
      await analyze({ estimate_id: id, actual_hours: 3 });
      await analyze({ estimate_id: id, actual_hours: 6 });
      const { body } = await client.get(`${COMPLEXITY}/history?project=twice`);
      expect(body).toMatchObject({ total: 1, tasks: [{ actual_hours: 6 }] });
    });

    it('are not another project’s', async () => {
      const { estimate_id: id } = await estimate({ project: 'mine', title: 'Add filter to orders' });
      expect((await analyze({ estimate_id: id, project: 'yours' })).status).toBe(404);
    });

    it('may be told with the outcome', async () => {
      const { body } = await analyze({ pre_complexity_score: 3, pre_estimated_hours: 6 });
      expect(body).toMatchObject({
        actual_complexity: 3,
        accuracy_score: 100,
        point_adjustment: 1.1,
        actual_points: 20,
      });
    });

    it('may not exist', async () => {
      const { body } = await analyze({ pr_description: '', time_to_merge_hours: 0, review_comments: 0 });
      expect(body).toMatchObject({ accuracy_score: null, point_adjustment: 1 });
    });

    it('are summed up beside the averages of earlier outcomes', async () => {
      const outcomes = [
        { pre_complexity_score: 2, pre_estimated_hours: 3, actual_hours: 3 },
        { pre_complexity_score: 3, pre_estimated_hours: 6, actual_hours: 7 },
        { pre_complexity_score: 2, pre_estimated_hours: 2, actual_hours: 20 },
        { actual_hours: 5 },
      ];
      for (const outcome of outcomes) await analyze({ ...outcome, project: 'measured' });
      const { body } = await client.get(`${COMPLEXITY}/accuracy?project=measured`);
      expect(body).toEqual({
        project: 'measured',
        count: 3,
        hours_count: 3,
        mean_absolute_error_hours: 6.3333,
        levels_count: 3,
        mean_absolute_error_levels: 0.6667,
        within_one_level_share: 0.6667,
        bias_hours: -6.3333,
        bias_levels: -0.6667,
        range_coverage: null,
        baselines: {
          // 7 by 3, 20 by (3 + 7) / 2
          mean: {
            hours_count: 2,
            mean_absolute_error_hours: 9.5,
            levels_count: 2,
            mean_absolute_error_levels: 1.25,
            within_one_level_share: 1,
          },
          median: {
            hours_count: 2,
            mean_absolute_error_hours: 9.5,
            levels_count: 2,
            mean_absolute_error_levels: 1.25,
            within_one_level_share: 1,
          },
        },
      });
    });

    it('lose no outcome when many arrive at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          analyze({
            project: 'busy',
            pre_complexity_score: 3,
            pre_estimated_hours: 6,
            actual_hours: 1 + index,
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      const { body: accuracy } = await client.get(`${COMPLEXITY}/accuracy?project=busy`);
      const { body: history } = await client.get<{ total: number; tasks: { actual_hours: number }[] }>(
        `${COMPLEXITY}/history?project=busy`,
      );
      const errors = history.tasks.map(({ actual_hours: hours }) => Math.abs(6 - hours));
      expect(history.total).toBe(60);
      expect(errors).toHaveLength(60);
      expect(accuracy).toMatchObject({
        count: 60,
        mean_absolute_error_hours: round(errors.reduce((sum, error) => sum + error, 0) / 60),
      });
    });
  });

  it('say what they can rest on', async () => {
    const { body } = await client.get<{ history_size: number }>(`${COMPLEXITY}/health`);
    expect(body).toMatchObject({ status: 'ok', service: 'complexity', method: 'history' });
    expect(body.history_size).toBeGreaterThan(400);
  });
});

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
