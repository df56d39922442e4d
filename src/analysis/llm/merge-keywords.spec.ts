import { keywordKey, mergeKeywords } from './merge-keywords.js';

describe('mergeKeywords', () => {
  it('keeps the order of a single list', () => {
    expect(mergeKeywords([{ keywords: ['b', 'a', 'c'], weight: 10 }], 2)).toEqual(['b', 'a']);
  });

  it('puts first what comes in many parts, and in long ones', () => {
    const lists = [
      { keywords: ['rare', 'common'], weight: 10 },
      { keywords: ['other', 'Commons'], weight: 10 },
      { keywords: ['long'], weight: 11 },
    ];
    expect(mergeKeywords(lists, 5)).toEqual(['common', 'long', 'rare', 'other']);
  });

  it('knows forms of one keyword', () => {
    expect(keywordKey('Small Rooms')).toBe(keywordKey('small room'));
    expect(keywordKey(' ++ ')).toBe('++');
  });
});
