import fc from 'fast-check';
import { analyze, MAXIMUM_TOKEN_LENGTH } from './analyzer.js';

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' }));

describe('analyze', () => {
  it.each([
    ['The relational models of aeroelastic wings', ['relat', 'model', 'aeroelast', 'wing']],
    ["Smith's don’t-care, the pilot’s seat", ['smith', 'don', 't', 'care', 'pilot', 'seat']],
    ["it's x's_y", ['x', 's', 'y']],
    ['Mach 2.5 in 1950s', ['mach', '2', '5', '1950']],
    ['naïve ÉCOLE résumés', ['naiv', 'ecol', 'resum']],
    ['ﬁnal ½ Ⅳ １２', ['final', '1', '2', 'iv', '12']],
    ['İstanbul', ['istanbul']],
  ])('gives English terms for %j', (text, terms) => {
    expect(analyze(text)).toEqual(terms);
  });

  it('drops stop words and nothing else', () => {
    expect(analyze('to be or not to be')).toEqual([]);
    expect(analyze('what have you')).toEqual(['what', 'have', 'you']);
  });

  it.each([
    ['Привет, Мир', ['привет', 'мир']],
    ['Straße løpe', ['straße', 'løpe']],
    ['हिन्दी भाषा', ['हिन्दी', 'भाषा']],
    ['שָׁלוֹם', ['שלום']],
    ['كِتَابٌ', ['كتاب']],
    ['Ἀθῆναι', ['αθηναι']],
  ])('keeps words of other scripts whole: %j', (text, terms) => {
    expect(analyze(text)).toEqual(terms.map((term) => term.normalize('NFC')));
  });

  it.each([
    ['手机电池', ['手机', '机电', '电池']],
    ['漢', ['漢']],
    ['がっこう', ['がっ', 'っこ', 'こう']],
    ['한국어', ['한국', '국어']],
    ['ไทย', ['ไท', 'ทย']],
    ['ที่นี่', ['ที่นี่']],
    ['第3章 iPhones手机', ['第', '3', '章', 'iphon', '手机']],
    ['𠀀𠀁𠀂', ['𠀀𠀁', '𠀁𠀂']],
  ])('pairs the characters of scripts without blanks: %j', (text, terms) => {
    expect(analyze(text)).toEqual(terms.map((term) => term.normalize('NFC')));
  });

  it('tells a kana from its voiced form', () => {
    expect(analyze('か')).not.toEqual(analyze('が'));
  });

  it('cuts a long word', () => {
    expect(analyze('7'.repeat(1_000))).toEqual(['7'.repeat(MAXIMUM_TOKEN_LENGTH)]);
  });

  it('never cuts inside a surrogate pair', () => {
    const [term] = analyze(`a${'𝼀'.repeat(50)}`);
    expect(term).toBe(`a${'𝼀'.repeat(31)}`);
  });

  it.each(['', ' \n\t', '!?…', '\u0301'.repeat(100), '\ud800', '😀'])('finds no term in %j', (text) => {
    expect(analyze(text)).toEqual([]);
  });

  it('gives bounded terms made of letters, digits and marks for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const term of analyze(text)) {
          expect(term.length).toBeLessThanOrEqual(MAXIMUM_TOKEN_LENGTH);
          expect(term).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}]*$/u);
        }
      }),
      { examples: [['\u2f00\u08ca']] },
    );
  });

  it('reads composed and decomposed letters, upper and lower case alike', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-zÀ-ÖÙ-öù-ÿ0-9 .,-]{0,80}$/), (text) => {
        expect(analyze(text.normalize('NFD'))).toEqual(analyze(text));
        expect(analyze(text.replaceAll('ß', 's').toUpperCase())).toEqual(analyze(text.replaceAll('ß', 's')));
      }),
    );
  });

  it('adds up over sentences', () => {
    fc.assert(
      fc.property(anyText, anyText, (first, second) => {
        expect(analyze(`${first}\n${second}`)).toEqual([...analyze(first), ...analyze(second)]);
      }),
    );
  });

  // Without the bound on runs of marks this takes hours, which is the test.
  it.each([
    ['accents', 'x' + '\u0301\u0316'.repeat(500_000), ['x']],
    ['half-width signs', 'カ' + '\uff9e\u0301'.repeat(500_000), 1],
    ['nuktas', 'क' + '\u093c\u094d'.repeat(500_000), 1],
    ['lone surrogates', '\ud800'.repeat(1_000_000), []],
    ['apostrophes', "'s".repeat(500_000), []],
    ['one ideograph', '漢'.repeat(100_000), 99_999],
  ])('survives a megabyte of %s', (_name, text, expected) => {
    const terms = analyze(text);
    expect(typeof expected === 'number' ? terms.length : terms).toEqual(expected);
  });
});
