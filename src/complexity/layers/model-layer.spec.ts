import fc from 'fast-check';
import { exactLevelOfHours, hoursOfLevel } from '../estimation/scale.js';
import type { EstimateWithoutModel } from './layered-estimate.js';
import { withJudgement } from './model-layer.js';

function estimate(
  method: 'history' | 'heuristic',
  value: number,
  low: number,
  high: number,
): EstimateWithoutModel {
  return {
    method,
    level: Math.min(5, Math.max(1, exactLevelOfHours(value))),
    hours: { value, low, high, confidence: 0.5 },
    factors: [{ name: 'words', impact: 0.2, explanation: 'There are some.' }],
    reasoning: 'By its words.',
    confidence: 0.5,
    storyPoints: null,
    similar: [],
  };
}

const judgement = (level: number, hours: number) => ({ level, hours, reasoning: 'It is big.' });

describe('an estimate that a language model had a say in', () => {
  it('moves towards the model, less where there is a history', () => {
    const model = judgement(4, 14);
    const [byHistory, byHeuristic] = (['history', 'heuristic'] as const).map((method) =>
      withJudgement(estimate(method, 5.7, 1, 40), model),
    );
    expect(byHistory!.hours.value).toBeGreaterThan(5.7);
    expect(byHeuristic!.hours.value).toBeGreaterThan(byHistory!.hours.value);
    expect(byHeuristic!.hours.value).toBeLessThan(14);
    expect(byHistory).toMatchObject({ method: 'llm', reasoning: 'It is big. By its words.' });
    expect(byHistory!.factors.map(({ name }) => name)).toEqual(['language model', 'words']);
  });

  it('stays in the range, whatever the model says', () => {
    const hours = fc.double({ min: 0.3, max: 80, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(hours, hours, hours).map((three) => three.sort((a, b) => a - b)),
        fc.double({ min: 1, max: 5, noNaN: true }),
        fc.double({ min: 0.1, max: 2000, noNaN: true }),
        ([low, value, high], level, said) => {
          const mixed = withJudgement(estimate('history', value, low, high), judgement(level, said));
          expect(mixed.hours.value).toBeGreaterThanOrEqual(low);
          expect(mixed.hours.value).toBeLessThanOrEqual(high);
          expect(mixed.level).toBeGreaterThanOrEqual(1);
          expect(mixed.level).toBeLessThanOrEqual(5);
        },
      ),
    );
  });

  it('does not move where the model agrees', () => {
    const mixed = withJudgement(estimate('history', hoursOfLevel(3), 2, 20), judgement(3, hoursOfLevel(3)));
    expect(mixed.hours.value).toBeCloseTo(hoursOfLevel(3), 9);
  });
});
