import { analyze } from '../../../common/text/analyzer.js';
import type { Task } from '../task.js';

/** What is read of a description, in UTF-16 code units; what a task is about is said early. */
const DESCRIPTION_READ = 6_000;
const TITLE_READ = 500;
/** Distinct terms of one task, in the order of its text. */
const MOST_TERMS = 400;
const LABELS_READ = 20;

/**
 * Terms of a task with their counts: stems of title and description; those of the title once more under `title:`,
 * because a word weighs more there; issue type and labels under names of their own. Stems hold no colon.
 */
export function countTerms(task: Task): Map<string, number> {
  const counts = new Map<string, number>();
  const title = analyze(task.title.slice(0, TITLE_READ));
  if (task.issueType !== null) count(counts, `type:${task.issueType}`);
  for (const label of task.labels.slice(0, LABELS_READ)) count(counts, `label:${label.trim().toLowerCase()}`);
  for (const stem of title) {
    count(counts, stem);
    count(counts, `title:${stem}`);
  }
  for (const stem of analyze(task.description.slice(0, DESCRIPTION_READ))) count(counts, stem);
  return counts;
}

function count(counts: Map<string, number>, term: string): void {
  const before = counts.get(term);
  if (before === undefined && counts.size >= MOST_TERMS) return;
  counts.set(term, (before ?? 0) + 1);
}
