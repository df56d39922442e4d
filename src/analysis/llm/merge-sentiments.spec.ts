import fc from 'fast-check';
import { SENTIMENTS } from '../text-analyzer.js';
import { mergeAspects, mergeJudgements } from './merge-sentiments.js';

const part = (sentiment: 'positive' | 'negative' | 'neutral' | 'mixed', score: number, weight = 1) => ({
  sentiment,
  score,
  confidence: 0.8,
  weight,
});

describe('mergeJudgements', () => {
  it('leaves the judgement of a text in one part as it is, to the last digit', () => {
    const judgement = { sentiment: 'positive', score: 0.9, confidence: 0.9 } as const;
    expect(mergeJudgements([{ ...judgement, weight: 77 }])).toEqual(judgement);
  });

  it('leaves a single one as it is', () => {
    expect(mergeJudgements([part('positive', 0.6)])).toEqual({
      sentiment: 'positive',
      score: 0.6,
      confidence: 0.8,
    });
  });

  it('weighs parts by their length', () => {
    const merged = mergeJudgements([part('positive', 1, 9), part('neutral', 0, 1)]);
    expect(merged.sentiment).toBe('positive');
    expect(merged.score).toBeCloseTo(0.9);
  });

  it('finds parts that disagree mixed', () => {
    expect(mergeJudgements([part('positive', 0.9, 7), part('negative', -0.5, 3)]).sentiment).toBe('mixed');
    expect(mergeJudgements([part('positive', 0.1, 9), part('negative', -1, 1)]).sentiment).toBe('mixed');
    expect(mergeJudgements([part('positive', 0.9, 9), part('negative', -0.5, 1)]).sentiment).toBe('positive');
  });

  it('never contradicts itself, and stays in range', () => {
    const judgement = fc.record({
      sentiment: fc.constantFrom(...SENTIMENTS),
      score: fc.double({ min: -1, max: 1, noNaN: true }),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      weight: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(judgement, { minLength: 2, maxLength: 10 }), (parts) => {
        const { sentiment, score, confidence } = mergeJudgements(parts);
        expect(Math.abs(score)).toBeLessThanOrEqual(1 + 1e-9);
        expect(confidence).toBeLessThanOrEqual(1 + 1e-9);
        if (sentiment === 'positive') expect(score).toBeGreaterThan(0);
        if (sentiment === 'negative') expect(score).toBeLessThan(0);
      }),
    );
  });
});

describe('mergeAspects', () => {
  it('makes one of those that are named alike, the most frequent first', () => {
    const merged = mergeAspects([
      {
        aspects: [
          { aspect: 'Food', sentiment: 'positive', score: 0.5 },
          { aspect: 'room', sentiment: 'negative', score: -0.5 },
        ],
        weight: 1,
      },
      { aspects: [{ aspect: 'room ', sentiment: 'negative', score: -0.9 }], weight: 3 },
    ]);
    expect(merged.map(({ aspect, sentiment }) => [aspect, sentiment])).toEqual([
      ['room', 'negative'],
      ['Food', 'positive'],
    ]);
    expect(merged[0]?.score).toBeCloseTo(-0.8);
  });
});
