import { analyze } from '../../../common/text/analyzer.js';

const CAMEL_CASE = /(?<=\p{Ll})(?=\p{Lu})/gu;
const SEPARATORS = /[_\-/.:&|]+/gu;

/** The words of a category's name: `cardArrival`, `card_arrival` and `Card arrival` have the same. */
export function labelWords(name: string): string {
  return name.replace(CAMEL_CASE, ' ').replace(SEPARATORS, ' ');
}

/** Stems of a text with their counts. */
export function stemCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const stem of analyze(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}
