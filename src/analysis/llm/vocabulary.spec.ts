import { Vocabulary } from './vocabulary.js';

const signal = new AbortController().signal;

describe('Vocabulary', () => {
  it.each([
    ['The hotels were lovely.', 'hotel', true],
    ['The hotels were lovely.', 'Lovely Hotels', true],
    ['The hotels were lovely.', 'breakfast', false],
    ['The hotels were lovely.', 'lovely breakfast', false],
    ['They organised everything.', 'organisation', true],
    ['Die Häuser sind alt.', 'Haus', true],
    ['Die Häuser sind alt.', 'Hund', false],
    ['I write C++ all day.', 'C++', true],
    ['I write C++ all day.', '🎉', false],
    ['全く新しい製品です。', '新しい製品', true],
    ['全く新しい製品です。', '古い建物', false],
    ['to be or not to be', 'to be', true],
  ])('of %j yields %j: %j', async (text, keyword, expected) => {
    const vocabulary = await Vocabulary.of(text, signal);
    expect(vocabulary.yields(keyword)).toBe(expected);
  });

  it('is empty without words', async () => {
    expect((await Vocabulary.of('… !?', signal)).isEmpty).toBe(true);
    expect((await Vocabulary.of('word', signal)).isEmpty).toBe(false);
  });

  it('stops when nobody waits for it any more', async () => {
    await expect(Vocabulary.of('word', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });
});
