import type { Find, Lexicon, Meaning } from './lexicon.js';
import type { Word } from './words.js';

const ACTIONS = ['edit', 'change', 'repair', 'build', 'remake', 'join'] as const satisfies readonly Meaning[];
export type Action = (typeof ACTIONS)[number];

/** What a title says: what is to be done, to what, and what is only mentioned around it. */
export interface TitleReading {
  /** Null for a title that is a mere noun. */
  readonly action: Find | null;
  readonly kind: Action | null;
  /** Phrases about the object itself: `engine` in `Build an engine for reports`. */
  readonly object: readonly Find[];
  /** All phrases of the title. */
  readonly all: readonly Find[];
  /** The object is called a small thing: its last word is one, as in `platform button`. */
  readonly endsInDetail: boolean;
}

/** Actions whose object goes on after `to`, `from` or `with`: all of it is touched. */
const FAR_REACHING: readonly Action[] = ['remake', 'join'];

export function readTitle(words: readonly Word[], lexicon: Lexicon): TitleReading {
  const all = lexicon.find(words);
  const action = findAction(all);
  const kind = action === null ? null : (action.meaning as Action);
  const end = kind !== null && FAR_REACHING.includes(kind) ? words.length : endOfObject(all, words.length);
  const object = all.filter(({ at }) => at < end);
  return {
    action,
    kind,
    object,
    all,
    endsInDetail: object.some(({ meaning, at, length }) => meaning === 'detail' && at + length === end),
  };
}

/** The first one; but what is fixed or removed may be a mere edit, as in `Fix typo`. */
function findAction(all: readonly Find[]): Find | null {
  const actions = all.filter(({ meaning }) => (ACTIONS as readonly Meaning[]).includes(meaning));
  const first = actions[0];
  if (first === undefined) return null;
  const place = endOfObject(all, Infinity);
  const isMinor = first.meaning === 'repair' || first.meaning === 'change';
  const edit = isMinor ? actions.find(({ meaning, at }) => meaning === 'edit' && at < place) : undefined;
  return edit ?? first;
}

/** Where the first word of place stands that isn't the first word of all. */
function endOfObject(all: readonly Find[], otherwise: number): number {
  return all.find(({ meaning, at }) => meaning === 'place' && at > 0)?.at ?? otherwise;
}
