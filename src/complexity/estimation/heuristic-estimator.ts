import { contextSignals } from './heuristic/context-signals.js';
import { descriptionSignals } from './heuristic/description-signals.js';
import { ENGLISH } from './heuristic/english.js';
import { fileSignals } from './heuristic/file-signals.js';
import { findStatedSize, kindSignals, type StatedSize } from './heuristic/label-signals.js';
import { Lexicon } from './heuristic/lexicon.js';
import { COMPOUND_ENDINGS, OTHER_LANGUAGES } from './heuristic/other-languages.js';
import { readTitle, type TitleReading } from './heuristic/title-reading.js';
import { titleSignals } from './heuristic/title-signals.js';
import { wordsOf } from './heuristic/words.js';
import { hoursOfLevel, scaleLevel } from './scale.js';
import type { Estimate, Factor, Task } from './task.js';

/** Level of a task that nothing is known of. */
const START = 2.7;
const TITLE_READ = 1_000;
/** What speaks for a big task hardly counts where the task itself is a mere edit. */
const WEIGHT_BESIDE_EDIT = 0.25;
/** A size that people stated weighs this much, all the rest together what is left. */
const WEIGHT_OF_STATED = 0.8;
const FACTORS_SHOWN = 8;
const REASONS_SHOWN = 3;
/** Levels between the estimate and either end of its range. */
const REACH = { stated: 0.8, understood: 1.1, guessed: 1.5 };

/**
 * Estimates a task by its words and structure alone, with nothing learnt: whole words in their place in the
 * sentence, labels, files. Linear in the length of the text; the same task gives the same estimate.
 */
export class HeuristicEstimator {
  private readonly lexicon = new Lexicon([ENGLISH, ...OTHER_LANGUAGES], COMPOUND_ENDINGS, wordsOf);

  estimate(task: Task): Estimate {
    const title = readTitle(wordsOf(task.title.slice(0, TITLE_READ)), this.lexicon);
    const stated = findStatedSize(task.labels);
    const read = this.readFactors(task, title);
    const factors = stated === null ? read : [...read, statedFactor(stated, levelOf(read))];
    const level = levelOf(factors);
    const reach = reachOf(title, stated);
    const confidence = confidenceOf(task, title, stated);
    return {
      level,
      hours: {
        value: hoursOfLevel(level),
        low: hoursOfLevel(level - reach),
        high: hoursOfLevel(level + reach),
        confidence,
      },
      factors: mostImportant(factors),
      reasoning: reasoningOf(level, factors, title),
      confidence,
    };
  }

  private readFactors(task: Task, title: TitleReading): Factor[] {
    const others = [
      ...kindSignals(task),
      ...descriptionSignals(task, this.lexicon),
      ...fileSignals(task.relatedFiles),
      ...contextSignals(task),
    ];
    const isEdit = title.kind === 'edit';
    const weighed = others.map((factor) =>
      isEdit && factor.impact > 0 ? { ...factor, impact: factor.impact * WEIGHT_BESIDE_EDIT } : factor,
    );
    return [...titleSignals(title), ...weighed];
  }
}

function levelOf(factors: readonly Factor[]): number {
  const level = factors.reduce((sum, { impact }) => sum + impact, START);
  return Math.min(5, Math.max(1, level));
}

function statedFactor({ label, level }: StatedSize, read: number): Factor {
  return {
    name: 'stated size',
    impact: WEIGHT_OF_STATED * (level - read),
    explanation: `The label "${label}" states a size.`,
  };
}

function mostImportant(factors: readonly Factor[]): Factor[] {
  return factors
    .filter(({ impact }) => Math.abs(impact) >= 0.01)
    .map((factor) => ({ ...factor, impact: Math.round(factor.impact * 100) / 100 }))
    .sort((a, b) => Math.abs(b.impact) - Math.abs(a.impact))
    .slice(0, FACTORS_SHOWN);
}

function reachOf(title: TitleReading, stated: StatedSize | null): number {
  if (stated !== null) return REACH.stated;
  return title.kind === null ? REACH.guessed : REACH.understood;
}

/** Low on purpose: nothing here was checked against what tasks really took. */
function confidenceOf(task: Task, title: TitleReading, stated: StatedSize | null): number {
  if (stated !== null) return 0.6;
  if (title.kind === null && title.object.length === 0) return 0.2;
  const isDescribed = task.description.trim() !== '';
  return (title.kind === null ? 0.25 : 0.35) + (isDescribed ? 0.1 : 0);
}

function reasoningOf(level: number, factors: readonly Factor[], title: TitleReading): string {
  const reasons = mostImportant(factors)
    .slice(0, REASONS_SHOWN)
    .map(({ explanation }) => explanation);
  const { name } = scaleLevel(level);
  if (reasons.length === 0) return `Nothing in the task tells its size, so ${name} is only a starting point.`;
  const caution = title.kind === null ? ' The title names no action that is known here.' : '';
  return `${name}, by words and structure alone. ${reasons.join(' ')}${caution}`;
}
