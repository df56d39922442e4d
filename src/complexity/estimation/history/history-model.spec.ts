import fc from 'fast-check';
import type { Example, Task } from '../task.js';
import { HistoryModel, type HistoryModelData } from './history-model.js';
import { FEWEST_EXAMPLES, trainHistoryModel } from './train-history-model.js';

const START = Date.UTC(2026, 0, 1);

function task(title: string, description = '', extra: Partial<Task> = {}): Task {
  return {
    title,
    description,
    issueType: null,
    labels: [],
    milestone: null,
    projectContext: '',
    relatedFiles: [],
    ...extra,
  };
}

function example(at: number, done: Task, value: number): Example {
  const figures = { actualHours: value, storyPoints: null, complexity: null };
  return { past: { id: `T-${at}`, task: done, completedAt: new Date(START + at), ...figures }, value };
}

const SMALL = ['Fix typo in footer', 'Fix typo in header', 'Rename button', 'Correct label of button'];
const BIG = [
  'Migrate billing database',
  'Migrate search cluster',
  'Rewrite scheduler engine',
  'Rewrite billing',
];

/** Small tasks take 1 or 2, big ones 8 to 13. */
function clearHistory(count: number): Example[] {
  return Array.from({ length: count }, (_, at) => {
    const titles = at % 2 === 0 ? SMALL : BIG;
    const value = at % 2 === 0 ? 1 + (at % 4) / 2 : 8 + (at % 6);
    return example(at, task(titles[Math.floor(at / 2) % 4] ?? '', `module ${at % 7}`), value);
  });
}

describe('HistoryModel', () => {
  let model: HistoryModel;

  beforeAll(async () => {
    model = await trainHistoryModel(clearHistory(200));
  });

  it('tells what takes long from what does not', () => {
    const small = model.predict(task('Fix typo in button'));
    const big = model.predict(task('Migrate billing engine'));
    expect(small.value).toBeLessThan(3);
    expect(big.value).toBeGreaterThan(7);
    expect(small.high).toBeLessThan(big.low);
  });

  it('cites the nearest past tasks, best first', () => {
    const { similar } = model.predict(task('Migrate search cluster', 'module 3'));
    expect(similar).toHaveLength(5);
    expect(similar.map(({ similarity }) => similarity)).toEqual(
      similar.map(({ similarity }) => similarity).sort((a, b) => b - a),
    );
    const [best] = similar;
    expect(clearHistory(200).find(({ past }) => past.id === best?.id)?.past.task.title).toBe(
      'Migrate search cluster',
    );
    expect(best?.similarity).toBeGreaterThan(0.9);
    expect(best?.value).toBeGreaterThanOrEqual(8);
  });

  it('falls back to the middle for words that it has never seen, and cites nothing', () => {
    const { value, low, high, similar } = model.predict(task('zzz'));
    expect(similar).toEqual([]);
    expect(value).toBeGreaterThanOrEqual(1);
    expect(value).toBeLessThanOrEqual(13);
    expect(low).toBeLessThan(high);
  });

  it('survives being copied to another thread', () => {
    const copy = new HistoryModel(structuredClone(model.data) satisfies HistoryModelData);
    expect(copy.size).toBe(200);
    expect(copy.predict(task('Rewrite billing'))).toEqual(model.predict(task('Rewrite billing')));
  });

  it('keeps no texts', () => {
    const texts = [...SMALL, ...BIG];
    const kept = JSON.stringify([model.data, [...model.data.vocabulary.columns]]);
    expect(kept).toContain('T-199');
    expect(texts.filter((text) => kept.includes(text))).toEqual([]);
  });

  it('is the same for the same examples', async () => {
    const again = await trainHistoryModel(clearHistory(200));
    expect(again.data).toEqual(model.data);
  });

  it('weighs recent outcomes more', async () => {
    const title = 'Weekly report';
    const slower = Array.from({ length: 100 }, (_, at) => example(at, task(title), at < 60 ? 2 : 6));
    const faster = Array.from({ length: 100 }, (_, at) => example(at, task(title), at < 40 ? 6 : 2));
    const later = (await trainHistoryModel(slower)).predict(task(title));
    const earlier = (await trainHistoryModel(faster)).predict(task(title));
    expect(earlier.value).toBeCloseTo(2, 1);
    // 60 of 100 took 2, but the newer ones took 6.
    expect(later.value).toBeGreaterThan(5);
  });

  it('learns from issue types and labels', async () => {
    const examples = Array.from({ length: 80 }, (_, at) => {
      const isBug = at % 2 === 0;
      const extra = isBug ? { issueType: 'bug' as const } : { labels: ['Epic'] };
      return example(at, task(`Invoices ${at}`, '', extra), isBug ? 1 : 20);
    });
    const learnt = await trainHistoryModel(examples);
    expect(learnt.predict(task('Orders', '', { issueType: 'bug' })).value).toBeLessThan(5);
    expect(learnt.predict(task('Orders', '', { labels: ['epic'] })).value).toBeGreaterThan(15);
  });

  it('is not led astray by one outlier', async () => {
    const examples = clearHistory(100).map((one, at) => (at === 50 ? { ...one, value: 1e6 } : one));
    const learnt = await trainHistoryModel(examples);
    expect(learnt.predict(task('Fix typo in footer')).value).toBeLessThan(5);
  });

  it('predicts a constant where all took the same', async () => {
    const examples = clearHistory(40).map((one) => ({ ...one, value: 3 }));
    const { value, low, high, confidence } = (await trainHistoryModel(examples)).predict(task('Fix typo'));
    expect([value, low, high, confidence]).toEqual([3, 3, 3, 1]);
  });

  it('covers about four outcomes of five with its ranges', async () => {
    const noise = (at: number) => ((at * 7919) % 101) / 10;
    const examples = Array.from({ length: 600 }, (_, at) =>
      example(at, task(BIG[at % 4] ?? '', `part ${at % 13}`), 1 + noise(at)),
    );
    const learnt = await trainHistoryModel(examples.slice(0, 400));
    const covered = examples.slice(400).filter(({ past, value }) => {
      const { low, high } = learnt.predict(past.task);
      return low <= value && value <= high;
    });
    expect(covered.length / 200).toBeGreaterThan(0.7);
    expect(covered.length / 200).toBeLessThan(0.9);
  });

  it('asks for enough examples', async () => {
    await expect(trainHistoryModel(clearHistory(FEWEST_EXAMPLES - 1))).rejects.toThrow(RangeError);
  });

  it('ends early when it is asked to', async () => {
    const reason = new Error('enough');
    const training = trainHistoryModel(clearHistory(5_000), { signal: AbortSignal.abort(reason) });
    await expect(training).rejects.toBe(reason);
  });

  it('makes a finite prediction within what was seen, of any texts and outcomes', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(...SMALL, ...BIG, ''),
    );
    const value = fc.oneof(
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.constantFrom(0, 1, 1, 2, 3, 5, 8),
    );
    const past = fc.array(fc.tuple(text, text, value), { minLength: FEWEST_EXAMPLES, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(past, text, async (rows, title) => {
        const examples = rows.map(([name, body, took], at) => example(at, task(name, body), took));
        const {
          value: predicted,
          low,
          high,
          confidence,
          similar,
        } = (await trainHistoryModel(examples)).predict(task(title));
        const seen = rows.map(([, , took]) => took);
        expect(low).toBeGreaterThanOrEqual(Math.min(...seen));
        expect(low).toBeLessThanOrEqual(predicted);
        expect(predicted).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(Math.max(...seen));
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        for (const { similarity } of similar) expect(similarity >= 0 && similarity <= 1).toBe(true);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });
});
