import type { getResolvedPDFJS } from 'unpdf';
import { READING_LIMITS } from '../reading-limits.js';

type Pdf = Awaited<ReturnType<Awaited<ReturnType<typeof getResolvedPDFJS>>['getDocument']>['promise']>;
type OutlineItem = Awaited<ReturnType<Pdf['getOutline']>>[number];

/** A heading in a PDF's outline. */
export interface OutlineEntry {
  readonly level: number;
  readonly title: string;
  /** On which it begins, from 1. */
  readonly page: number;
}

const MAX_LEVEL = 6;

/** The outline, in the order of its pages; without what leads nowhere. */
export async function readOutline(pdf: Pdf): Promise<OutlineEntry[]> {
  const roots = await findRoots(pdf);
  const waiting = roots.map((item) => ({ item, level: 1 })).reverse();
  const entries: OutlineEntry[] = [];
  let seen = 0;
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    seen += 1;
    if (seen > READING_LIMITS.outlineEntries) break;
    const { item, level } = visit;
    const page = await findPage(pdf, item.dest);
    if (page !== null) entries.push({ level, title: item.title, page });
    const children = item.items as OutlineItem[];
    if (level < MAX_LEVEL) waiting.push(...children.map((item) => ({ item, level: level + 1 })).reverse());
  }
  return entries.sort((one, other) => one.page - other.page);
}

async function findRoots(pdf: Pdf): Promise<OutlineItem[]> {
  try {
    return orNone(await pdf.getOutline());
  } catch {
    return [];
  }
}

/** Pdf.js gives null where there are none, whatever its types say. */
function orNone(outline: OutlineItem[] | null): OutlineItem[] {
  return outline ?? [];
}

async function findPage(pdf: Pdf, destination: OutlineItem['dest']): Promise<number | null> {
  try {
    const explicit = typeof destination === 'string' ? await pdf.getDestination(destination) : destination;
    const target: unknown = explicit?.[0];
    if (typeof target === 'number') return target + 1;
    if (typeof target !== 'object' || target === null) return null;
    return (await pdf.getPageIndex(target as Parameters<Pdf['getPageIndex']>[0])) + 1;
  } catch {
    return null;
  }
}
