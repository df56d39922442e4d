import { JsonClient } from '../support/json-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const HISTORY = '/api/v1/complexity/history';

interface List {
  readonly tasks: readonly Record<string, unknown>[];
  readonly total: number;
}

const tasks = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    id: `T-${from + index}`,
    title: `Task number ${from + index}`,
    actual_hours: 1 + ((from + index) % 7),
  }));

describe('the history of a project', () => {
  let service: TestApp;
  let client: JsonClient;

  beforeAll(async () => {
    service = await startTestApp();
    client = new JsonClient(service.url);
  });
  afterAll(() => service.close());

  const list = async (project: string, page = '') =>
    (await client.get<List>(`${HISTORY}?project=${project}${page}`)).body;

  it('keeps what is sent, and gives it back newest first', async () => {
    const sent = [
      {
        id: 'SHOP-1',
        title: 'Page the orders',
        description: 'They are many.',
        issue_type: 'feature',
        labels: ['backend', 'a "quoted", {odd} label'],
        actual_hours: 6.5,
        story_points: 5,
        complexity: 3,
        completed_at: '2026-01-31T09:30:00Z',
      },
      { id: 'SHOP-2', title: 'Fix a typo', description: '', labels: [], completed_at: '2026-02-01' },
    ];
    const answer = await client.post(HISTORY, { project: 'kept', tasks: sent });
    expect(answer).toMatchObject({ status: 200, body: { project: 'kept', imported: 2, updated: 0 } });
    expect(await list('kept')).toEqual({
      project: 'kept',
      total: 2,
      tasks: [
        {
          id: 'SHOP-2',
          title: 'Fix a typo',
          description: '',
          issue_type: null,
          labels: [],
          actual_hours: null,
          story_points: null,
          complexity: null,
          completed_at: '2026-02-01T00:00:00.000Z',
          estimated_complexity: null,
          estimated_hours: null,
        },
        {
          ...sent[0],
          completed_at: '2026-01-31T09:30:00.000Z',
          estimated_complexity: null,
          estimated_hours: null,
        },
      ],
    });
  });

  it('replaces a task that is sent again, and keeps when it was completed', async () => {
    await client.post(HISTORY, { project: 'again', tasks: tasks(3) });
    const before = await list('again');
    const answer = await client.post(HISTORY, {
      project: 'again',
      tasks: [{ id: 'T-1', title: 'Another title', story_points: 8 }, ...tasks(2, 3)],
    });
    expect(answer.body).toMatchObject({ imported: 2, updated: 1 });
    const after = await list('again');
    expect(after.total).toBe(5);
    const completed = ({ tasks: all }: List) => all.find(({ id }) => id === 'T-1')!['completed_at'];
    expect(after.tasks.find(({ id }) => id === 'T-1')).toMatchObject({
      title: 'Another title',
      story_points: 8,
      actual_hours: null,
    });
    expect(completed(after)).toBe(completed(before));
  });

  it('takes tasks without a time as ordered, and pages through them', async () => {
    await client.post(HISTORY, { project: 'paged', tasks: tasks(600) });
    const pages = await Promise.all(
      [0, 250, 500].map((offset) => list('paged', `&limit=250&offset=${offset}`)),
    );
    expect(pages.map(({ total }) => total)).toEqual([600, 600, 600]);
    const ids = pages.flatMap(({ tasks: page }) => page.map(({ id }) => id));
    expect(new Set(ids).size).toBe(600);
    const first = Number(String(ids[0]).slice(2));
    expect(ids.slice(0, 3)).toEqual([first, first - 1, first - 2].map((number) => `T-${number}`));
  });

  it('counts right when many send the same tasks at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        client.post<{ imported: number; updated: number }>(HISTORY, {
          project: 'crowded',
          // Overlapping, and in different orders.
          tasks: index % 2 === 0 ? tasks(300, index * 20) : tasks(300, index * 20).reverse(),
        }),
      ),
    );
    const sum = (pick: (body: { imported: number; updated: number }) => number) =>
      answers.reduce((total, { body }) => total + pick(body), 0);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(sum(({ imported }) => imported)).toBe(520);
    expect(sum(({ updated }) => updated)).toBe(12 * 300 - 520);
    expect(await list('crowded', '&limit=1')).toMatchObject({ total: 520 });
  });

  it('is deleted by its name alone', async () => {
    await client.post(HISTORY, { project: 'gone', tasks: tasks(30) });
    await client.post(HISTORY, { project: 'stays', tasks: tasks(2) });
    expect((await client.delete(`${HISTORY}?project=gone`)).body).toEqual({ project: 'gone', deleted: 30 });
    expect(await list('gone')).toEqual({ project: 'gone', tasks: [], total: 0 });
    expect((await list('stays')).total).toBe(2);
    expect((await client.delete(`${HISTORY}?project=gone`)).body).toEqual({ project: 'gone', deleted: 0 });
  });

  it('takes 5,000 tasks in a call', async () => {
    const answer = await client.post(HISTORY, { project: 'big', tasks: tasks(5000) });
    expect(answer).toMatchObject({ status: 200, body: { imported: 5000, updated: 0 } });
  });
});

describe('the scale', () => {
  it('is told with its points and hours', async () => {
    const service = await startTestApp();
    try {
      const client = new JsonClient(service.url);
      const { body } = await client.get<{ scale: Record<string, unknown>[] }>('/api/v1/complexity/scale');
      expect(
        body.scale.map((step) => [
          step['level'],
          step['name'],
          step['hours_min'],
          step['hours_max'],
          step['base_points'],
        ]),
      ).toEqual([
        [1, 'Trivial', 0.25, 1, 5],
        [2, 'Simple', 1, 4, 10],
        [3, 'Moderate', 4, 8, 20],
        [4, 'Complex', 8, 24, 35],
        [5, 'Epic', 24, 80, 50],
      ]);
      const adjusted = await client.post('/api/v1/complexity/calculate-adjustment', {
        pre_level: 2,
        actual_level: 3,
      });
      expect(adjusted).toMatchObject({ status: 200, body: { multiplier: 1.15, bonus_percent: 15 } });
    } finally {
      await service.close();
    }
  });
});
