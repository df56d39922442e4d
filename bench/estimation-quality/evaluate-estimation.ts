import { startService } from '../support/service.js';
import { median } from '../support/statistics.js';
import { measureErrors, mean, type ErrorMeasures } from './error-measures.js';
import { estimateDirectly, estimateOver, type PointsEstimator } from './estimators.js';
import { innerLook, readStoryPoints, type StoryPointProject } from './story-points.js';

interface Row {
  readonly name: string;
  readonly model: ErrorMeasures;
  readonly mean: ErrorMeasures;
  readonly median: ErrorMeasures;
}

/** The model alone, instead of the service over HTTP. */
const DIRECT = '--direct';
/** With a share, e.g. `--inner=0.75`: learn from that share of train, predict the next quarter of it. */
const INNER = '--inner=';
/** With the `split_mark` of the rows to predict, `val` when absent. */
const SPLIT = '--split=';

/**
 * Learns story points from each project's train rows, predicts the later ones in order, and prints errors beside
 * those of the two constants, mean and median of train. Projects aren't pooled; averages are plain means of theirs.
 */
export async function evaluateEstimation(folder: string, flags: readonly string[]): Promise<void> {
  const option = (name: string) => flags.find((flag) => flag.startsWith(name))?.slice(name.length);
  const inner = option(INNER);
  const projects = (await readStoryPoints(folder, option(SPLIT) ?? 'val')).map((project) =>
    inner === undefined ? project : innerLook(project, Number(inner)),
  );
  if (flags.includes(DIRECT)) {
    await evaluate(projects, estimateDirectly);
    return;
  }
  const service = await startService();
  try {
    await evaluate(projects, estimateOver(service.url));
  } finally {
    await service.stop();
  }
}

async function evaluate(projects: readonly StoryPointProject[], estimator: PointsEstimator): Promise<void> {
  print(
    '',
    'train',
    'judged',
    'MAE',
    'MdAE',
    'Spearman',
    'in range',
    'mean MAE',
    'MdAE',
    'median MAE',
    'MdAE',
  );
  const rows: Row[] = [];
  for (const project of projects) {
    const row = await evaluateProject(project, estimator);
    rows.push(row);
    printRow(row, project.train.length, project.judged.length);
  }
  const average = (pick: (row: Row) => ErrorMeasures): ErrorMeasures => ({
    meanError: mean(rows.map((row) => pick(row).meanError)),
    medianError: mean(rows.map((row) => pick(row).medianError)),
    rankCorrelation: mean(rows.map((row) => pick(row).rankCorrelation)),
    coverage: mean(rows.map((row) => pick(row).coverage ?? NaN)),
  });
  printRow({
    name: 'average',
    model: average(({ model }) => model),
    mean: average((row) => row.mean),
    median: average((row) => row.median),
  });
  const better = rows.filter(({ model, median: constant }) => model.meanError < constant.meanError);
  console.log(`smaller MAE than the median's on ${better.length} of ${rows.length} projects`);
}

async function evaluateProject(project: StoryPointProject, estimator: PointsEstimator): Promise<Row> {
  const truths = project.judged.map(({ points }) => points);
  const past = project.train.map(({ points }) => points);
  const constant = (value: number) =>
    measureErrors(
      truths.map(() => ({ value, range: null })),
      truths,
    );
  return {
    name: project.name,
    model: measureErrors(await estimator(project), truths),
    mean: constant(mean(past)),
    median: constant(median(past)),
  };
}

function printRow({ name, model, mean: average, median: middle }: Row, ...counts: number[]): void {
  const figures = [
    model.meanError,
    model.medianError,
    model.rankCorrelation,
    model.coverage ?? NaN,
    average.meanError,
    average.medianError,
    middle.meanError,
    middle.medianError,
  ].map((figure) => (Number.isNaN(figure) ? 'untold' : figure.toFixed(3)));
  print(name, ...(counts.length > 0 ? counts.map(String) : ['', '']), ...figures);
}

function print(name: string, ...columns: string[]): void {
  console.log(name.padEnd(20) + columns.map((column) => column.padStart(11)).join(''));
}
