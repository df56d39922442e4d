import { LanguageDetector } from './language-detector.js';

describe('LanguageDetector', () => {
  const detector = new LanguageDetector();
  beforeAll(() => detector.onModuleInit());

  it.each([
    ['Employees get 25 days of holiday a year.', 'en'],
    ['Die Katze sitzt auf der Matte und schläft.', 'de'],
    ["J'adore ce produit, il est vraiment excellent.", 'fr'],
    ['Me encanta este producto, es excelente.', 'es'],
    ['Ik vind dit product erg leuk.', 'nl'],
    ['Мне очень нравится этот продукт.', 'ru'],
    ['هذا المنتج رائع جدا', 'ar'],
    ['この製品は本当に素晴らしいです。', 'ja'],
    ['这个产品真的很好。', 'zh'],
  ])('takes %j for %s', (text, language) => {
    expect(detector.detect(text)).toBe(language);
  });

  it.each(['12345 67890', '🎉🎉🎉', 'x', 'asdf qwer zxcv lkjh', '!?', ' '])(
    'is not sure about %j',
    (text) => {
      expect(detector.detect(text)).toBeNull();
    },
  );

  it('looks at the middle of a long text as well', () => {
    const boilerplate = 'Page 1 of 9. All rights reserved. '.repeat(60);
    const text = boilerplate + 'Die Katze sitzt auf der Matte und schläft. '.repeat(400);
    expect(detector.detect(text)).toBe('de');
  });

  it('says when it has not been loaded', () => {
    expect(() => new LanguageDetector().detect('x')).toThrow('not been loaded');
  });
});
