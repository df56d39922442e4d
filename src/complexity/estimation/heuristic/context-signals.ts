import type { Factor, Task } from '../task.js';
import { wordsOf } from './words.js';

const READ = 5_000;
/** By stems of whole words. */
const CONTEXT: Readonly<Record<string, number>> = {
  legaci: 0.3,
  regul: 0.2,
  medic: 0.2,
  bank: 0.2,
  untest: 0.3,
  cobol: 0.4,
  prototyp: -0.2,
  greenfield: -0.1,
};
const URGENT_MILESTONE: readonly string[] = ['hotfix', 'patch', 'bugfix'];

/** What is said about the project and the release, which says little about one task. */
export function contextSignals({ projectContext, milestone }: Task): Factor[] {
  const known = new Map(
    wordsOf(projectContext.slice(0, READ))
      .filter(({ stem }) => Object.hasOwn(CONTEXT, stem))
      .map(({ stem, text }) => [stem, text]),
  );
  const factors = [...known].map(([stem, text]) => ({
    name: 'project',
    impact: CONTEXT[stem] ?? 0,
    explanation: `The project is described as "${text}".`,
  }));
  const isPatch = wordsOf(milestone?.slice(0, 200) ?? '').some(({ text }) => URGENT_MILESTONE.includes(text));
  if (!isPatch) return factors;
  return [
    ...factors,
    { name: 'milestone', impact: -0.2, explanation: 'The milestone is one for small repairs.' },
  ];
}
