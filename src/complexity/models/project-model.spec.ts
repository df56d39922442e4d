import { pastTasks } from '../../../test/support/past-tasks.js';
import { levelOfHours } from '../estimation/scale.js';
import type { PastTask, Task } from '../estimation/task.js';
import { levelOfPastTask } from './project-model.js';
import { trainProjectModel } from './train-project-model.js';

const VERSION = { generation: 'a', revision: 1, count: 100 };

function task(title: string): Task {
  return {
    title,
    description: '',
    issueType: null,
    labels: [],
    milestone: null,
    projectContext: '',
    relatedFiles: [],
  };
}

function past(figures: (hours: number) => Partial<PastTask>, count = 100): PastTask[] {
  return pastTasks(count).map((sent) => ({
    id: sent.id,
    task: { ...task(sent.title), description: sent.description },
    completedAt: new Date(sent.completed_at),
    actualHours: null,
    storyPoints: null,
    complexity: null,
    ...figures(sent.actual_hours!),
  }));
}

const train = (tasks: readonly PastTask[]) => trainProjectModel(tasks, VERSION, new AbortController().signal);
const BIG = task('Migrate database of orders');
const SMALL = task('Fix typo on orders');

describe('a model of a project', () => {
  it('goes by hours where they are known', async () => {
    const model = await train(past((hours) => ({ actualHours: hours, complexity: 1 })));
    const [big, small] = [BIG, SMALL].map((one) => model!.predict(one)!);
    expect([big!.evidence, big!.size, big!.storyPoints]).toEqual(['hours', 100, null]);
    expect(big!.hours.value).toBeGreaterThan(4 * small!.hours.value);
    expect(Math.round(big!.level)).toBe(levelOfHours(big!.hours.value));
  });

  it('goes by levels where no hours are known, and turns them into hours', async () => {
    const model = await train(past((hours) => ({ complexity: levelOfHours(hours) })));
    const [big, small] = [BIG, SMALL].map((one) => model!.predict(one)!);
    expect(big!.evidence).toBe('levels');
    expect(big!.level).toBeGreaterThan(small!.level);
    expect(big!.hours.value).toBeGreaterThan(small!.hours.value);
    expect(big!.hours.low).toBeLessThan(big!.hours.value);
    expect(big!.hours.high).toBeGreaterThan(big!.hours.value);
  });

  it('goes by story points where there is nothing else', async () => {
    const model = await train(past((hours) => ({ storyPoints: Math.ceil(hours) })));
    const [big, small] = [BIG, SMALL].map((one) => model!.predict(one)!);
    expect(big!.evidence).toBe('points');
    expect(big!.storyPoints!.value).toBeGreaterThan(small!.storyPoints!.value);
    expect(big!.level).toBeGreaterThan(small!.level);
  });

  it('has story points beside hours', async () => {
    const model = await train(past((hours) => ({ actualHours: hours, storyPoints: 3 })));
    expect(model!.predict(BIG)).toMatchObject({ evidence: 'hours', storyPoints: { value: 3 } });
  });

  it('is none where no figure is known of 20 tasks with a title', async () => {
    expect(await train(past(() => ({})))).toBeNull();
    expect(await train(past((hours) => ({ actualHours: hours }), 19))).toBeNull();
    const untitled = past((hours) => ({ actualHours: hours, task: task('') }));
    expect(await train(untitled)).toBeNull();
  });

  it('ends with its signal', async () => {
    const ended = AbortSignal.abort(new Error('not needed'));
    await expect(
      trainProjectModel(
        past((hours) => ({ actualHours: hours })),
        VERSION,
        ended,
      ),
    ).rejects.toThrow('not needed');
  });
});

it('takes the level of a past task from whoever judged it, else from its hours', () => {
  const [one] = past((hours) => ({ actualHours: hours }), 1);
  expect(levelOfPastTask({ ...one!, complexity: 5, actualHours: 1 })).toBe(5);
  expect(levelOfPastTask({ ...one!, complexity: null, actualHours: 7 })).toBe(3);
  expect(levelOfPastTask({ ...one!, complexity: null, actualHours: null })).toBeNull();
});
