import type { Factor, Task } from '../task.js';
import { readShape, type DescriptionShape } from './description-shape.js';
import type { Lexicon, Meaning } from './lexicon.js';
import { quoteAll } from './title-signals.js';
import { wordsOf } from './words.js';

/** What is searched for phrases, in UTF-16 code units of prose. */
const SEARCHED = 20_000;
const HEAVY: readonly Meaning[] = ['risk', 'breadth', 'elusive', 'remake'];
const FEWEST_ITEMS = 3;
/** Words of prose from which on a description says that there is more to do. */
const LENGTHS = [
  { words: 1_000, impact: 0.6 },
  { words: 400, impact: 0.4 },
  { words: 150, impact: 0.2 },
];

/** What a description's structure and words say. */
export function descriptionSignals(task: Task, lexicon: Lexicon): Factor[] {
  const shape = readShape(task.description);
  return [requirements(shape), length(shape), knownPlace(task, shape), heavyWords(shape, lexicon)].filter(
    (factor) => factor !== null,
  );
}

function requirements({
  items,
  hasStepsToReproduce,
  hasAcceptanceCriteria,
}: DescriptionShape): Factor | null {
  // The items of such a list are steps, not things to do.
  if (hasStepsToReproduce) return null;
  if (items < FEWEST_ITEMS) {
    return hasAcceptanceCriteria
      ? { name: 'acceptance criteria', impact: 0.2, explanation: 'The description has acceptance criteria.' }
      : null;
  }
  return {
    name: 'requirements',
    impact: Math.min(1.2, Math.log2(items) / 4),
    explanation: `The description lists ${items} items.`,
  };
}

function length({ words }: DescriptionShape): Factor | null {
  const long = LENGTHS.find((step) => words >= step.words);
  return long === undefined
    ? null
    : {
        name: 'long description',
        impact: long.impact,
        explanation: `The description has ${words} words of text.`,
      };
}

function knownPlace(task: Task, shape: DescriptionShape): Factor | null {
  if (shape.hasStackTrace) {
    return {
      name: 'stack trace',
      impact: -0.3,
      explanation: 'A stack trace in the description says where to look.',
    };
  }
  if (shape.hasStepsToReproduce && task.issueType !== 'feature') {
    return {
      name: 'steps to reproduce',
      impact: -0.1,
      explanation: 'The description says how to reproduce the problem.',
    };
  }
  return null;
}

function heavyWords(shape: DescriptionShape, lexicon: Lexicon): Factor | null {
  const finds = lexicon.find(wordsOf(shape.prose.join('\n').slice(0, SEARCHED)));
  const phrases = [
    ...new Set(finds.filter(({ meaning }) => HEAVY.includes(meaning)).map(({ phrase }) => phrase)),
  ];
  if (phrases.length === 0) return null;
  return {
    name: 'heavy words',
    impact: Math.min(0.7, 0.15 * phrases.length),
    explanation: `The description mentions ${quoteAll(phrases)}.`,
  };
}
