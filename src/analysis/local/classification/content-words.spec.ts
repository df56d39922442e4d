import { readContentWords, readNameWords } from './content-words.js';

describe('readContentWords', () => {
  it('leaves out what carries grammar alone', () => {
    expect(readContentWords('The cards are in my bag').map(({ text }) => text)).toEqual(['cards', 'bag']);
  });

  it.each(["It doesn't work", 'It doesn’t work', 'It does not work', "It won't work"])(
    'reads the "not" of %s',
    (text) => {
      expect(readContentWords(text).map(({ text: word }) => word)).toEqual(['not', 'work']);
    },
  );
});

describe('readNameWords', () => {
  it.each(['card_arrival', 'cardArrival', 'Card arrival', 'card-arrival'])('reads %s', (name) => {
    expect(readNameWords(name).map(({ stem }) => stem)).toEqual(['card', 'arriv']);
  });

  it('keeps a name of function words', () => {
    expect(readNameWords('other').map(({ text }) => text)).toEqual(['other']);
  });
});
