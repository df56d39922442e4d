import { splitSentences } from './split-sentences.js';

describe('splitSentences', () => {
  it.each([
    ['One. Two? Three!', ['One.', 'Two?', 'Three!']],
    ['今日は晴れです。明日は雨です。', ['今日は晴れです。', '明日は雨です。']],
    ['A sentence\nover two lines.', ['A sentence over two lines.']],
    ['# Heading\n\nText below.', ['# Heading', 'Text below.']],
    ['Items:\n- one\n- two\n1. three', ['Items:', '- one', '- two', '1. three']],
    [' \n\n ', []],
  ])('splits %j', (text, sentences) => {
    expect(splitSentences(text)).toEqual(sentences);
  });
});
