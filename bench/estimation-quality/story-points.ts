import { parse } from 'csv-parse/sync';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A task of the past with its story points. */
export interface StoryPointRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly points: number;
}

/** Tasks of one project in the order of time: those to learn from, then those to predict. */
export interface StoryPointProject {
  readonly name: string;
  readonly train: readonly StoryPointRow[];
  readonly judged: readonly StoryPointRow[];
}

type CsvRow = Record<'issuekey' | 'title' | 'description' | 'storypoint' | 'split_mark', string>;

/** One CSV file for each project. @param split `split_mark` of the rows to predict */
export async function readStoryPoints(folder: string, split: string): Promise<StoryPointProject[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort();
  return Promise.all(
    files.map(async (file) => {
      const rows: CsvRow[] = parse(await readFile(join(folder, file), 'utf8'), { columns: true });
      const marked = (mark: string) => rows.filter(({ split_mark }) => split_mark === mark).map(toRow);
      return { name: file.replace('.csv', ''), train: marked('train'), judged: marked(split) };
    }),
  );
}

function toRow({ issuekey, title, description, storypoint }: CsvRow): StoryPointRow {
  return { id: issuekey, title, description, points: Number(storypoint) };
}

/**
 * A second look that the first one can't have been tuned to: train alone, cut in time.
 *
 * @param share of train to learn from; the next quarter is predicted
 */
export function innerLook(project: StoryPointProject, share: number): StoryPointProject {
  const at = (part: number) => Math.floor(part * project.train.length);
  return {
    name: project.name,
    train: project.train.slice(0, at(share)),
    judged: project.train.slice(at(share), at(share + 0.25)),
  };
}
