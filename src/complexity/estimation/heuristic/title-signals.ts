import type { Factor } from '../task.js';
import type { Find, Meaning } from './lexicon.js';
import type { Action, TitleReading } from './title-reading.js';

const ACTION_IMPACT: Record<Action, { impact: number; name: string; why: string }> = {
  edit: { impact: -1.7, name: 'mere edit', why: 'is an edit that needs little thought' },
  change: { impact: -0.5, name: 'small change', why: 'changes something that exists' },
  repair: { impact: -0.3, name: 'repair', why: 'asks to repair something that exists' },
  build: { impact: 0.5, name: 'something new', why: 'asks for something new' },
  join: { impact: 0.5, name: 'foreign parts', why: 'depends on parts that others make, or on findings' },
  remake: { impact: 0.9, name: 'remake', why: 'makes something that exists anew' },
};

/** How much each meaning says, for the first phrase of it and for all together, and the phrases' explanation. */
const OBJECT_IMPACT = {
  scope: { first: 1.3, more: 0.3, most: 1.7, name: 'scope', why: 'has many parts' },
  breadth: { first: 0.6, more: 0.4, most: 1.2, name: 'breadth', why: 'reaches far' },
  risk: { first: 0.4, more: 0.3, most: 0.9, name: 'risk', why: 'is costly to get wrong' },
  elusive: { first: 0.9, more: 0.3, most: 1.2, name: 'elusive defect', why: 'is hard to reproduce' },
  detail: { first: -0.5, more: -0.2, most: -0.8, name: 'small thing', why: 'is a small thing' },
  hedge: { first: -0.6, more: 0, most: -0.6, name: 'called small', why: 'calls it small' },
} as const satisfies Partial<Record<Meaning, object>>;
type Weighed = keyof typeof OBJECT_IMPACT;

/** What title words say about size and risk. */
export function titleSignals(title: TitleReading): Factor[] {
  const factors = [weigh('detail', title.object), weigh('hedge', title.all)];
  if (title.action !== null && title.kind !== null) {
    const { impact, name, why } = ACTION_IMPACT[title.kind];
    factors.push({ name, impact, explanation: `"${title.action.phrase}" ${why}.` });
  }
  // What a mere edit is about, or where a small thing is, doesn't matter.
  if (title.kind !== 'edit' && !title.endsInDetail) {
    factors.push(...heavySignals(title));
  }
  return factors.filter((factor) => factor !== null);
}

function heavySignals(title: TitleReading): (Factor | null)[] {
  const isMinor = title.kind === 'change' || title.kind === 'repair';
  return [
    isMinor ? null : weigh('scope', title.object),
    weigh('breadth', title.object, isMinor ? 0.5 : 1),
    weigh('risk', title.all),
    weigh('elusive', title.all),
  ];
}

function weigh(meaning: Weighed, finds: readonly Find[], share = 1): Factor | null {
  const phrases = [...new Set(finds.filter((find) => find.meaning === meaning).map(({ phrase }) => phrase))];
  if (phrases.length === 0) return null;
  const { first, more, most, name, why } = OBJECT_IMPACT[meaning];
  const sum = first + more * (phrases.length - 1);
  const impact = share * (most < 0 ? Math.max(most, sum) : Math.min(most, sum));
  return { name, impact, explanation: `The title names ${quoteAll(phrases)}, which ${why}.` };
}

/** At most three, in quotation marks. */
export function quoteAll(phrases: readonly string[]): string {
  return phrases
    .slice(0, 3)
    .map((phrase) => `"${phrase}"`)
    .join(', ');
}
