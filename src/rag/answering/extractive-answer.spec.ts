import fc from 'fast-check';
import { extractAnswer as extract } from './extractive-answer.js';

const extractAnswer = (question: string, texts: readonly string[]) =>
  extract(
    question,
    texts.map((text) => ({ title: null, text })),
  );

const PASSAGES = [
  'Employees get 25 days of holiday a year. Unused days expire at the end of March.',
  'Dogs are welcome in the office on Fridays. They must be on a leash in the lift.',
];

describe('extractAnswer', () => {
  it.each([
    ['How many days of holiday do employees get?', 0, 'Employees get 25 days of holiday a year.'],
    ['When do unused days expire?', 0, 'Unused days expire at the end of March.'],
    ['leash in the lift', 1, 'They must be on a leash in the lift.'],
  ])('answers "%s" with the sentence that is about it', (question, passage, text) => {
    expect(extractAnswer(question, PASSAGES)[0]).toEqual({ passage, text });
  });

  it.each(['What is the capital of France?', 'How do I get to the moon?', '???', 'the'])(
    'has nothing to say to "%s"',
    (question) => {
      expect(extractAnswer(question, PASSAGES)).toEqual([]);
    },
  );

  it('needs most of a short question, and less of a long one', () => {
    expect(extractAnswer('blue whale', ['A blue car.'])).toHaveLength(1);
    expect(extractAnswer('blue whale songs', ['A blue car.'])).toEqual([]);
    expect(extractAnswer('blue whale songs travel far under water', ['Whale songs travel.'])).toHaveLength(1);
  });

  it('quotes a sentence once, though overlapping passages repeat it', () => {
    const passages = ['Cats sleep all day.', 'Cats sleep all day. Then they eat.'];
    expect(extractAnswer('When do cats sleep?', passages)).toEqual([
      { passage: 0, text: 'Cats sleep all day.' },
    ]);
  });

  it('prefers rare words of the question to common ones', () => {
    const passages = [
      'The system works. The system is fast. The system uses a turbopump. The system is old.',
    ];
    expect(extractAnswer('system turbopump', passages)[0]?.text).toBe('The system uses a turbopump.');
  });

  it('understands a question that consists of question words', () => {
    expect(extractAnswer('Who are you?', ['We know who you are.'])).toHaveLength(1);
  });

  it('reads the title, but quotes the text alone', () => {
    const passages = [{ title: 'Holiday policy', text: 'There are 25 days. Ask Kim about the policy.' }];
    expect(extract('holiday policy', passages)).toEqual([{ passage: 0, text: 'Ask Kim about the policy.' }]);
    expect(extract('holiday', passages)).toEqual([]);
  });

  it('never cuts a character in half', () => {
    const [quotation] = extractAnswer('zebra', [`zebra x${'😀'.repeat(700)}`]);
    expect(quotation?.text.isWellFormed()).toBe(true);
    expect(quotation?.text.length).toBeGreaterThan(500);
  });

  it('quotes at most three sentences, word for word, in reading order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.lorem({ mode: 'sentences', maxCount: 4 }), { maxLength: 6 }),
        fc.lorem(),
        (passages, question) => {
          const quotations = extractAnswer(question, passages);
          expect(quotations.length).toBeLessThanOrEqual(3);
          for (const { passage, text } of quotations) expect(passages[passage]).toContain(text);
          const order = quotations.map(({ passage }) => passage);
          expect(order).toEqual([...order].sort((a, b) => a - b));
        },
      ),
    );
  });
});
