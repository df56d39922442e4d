import { LanguageDetector } from './language-detector.js';

describe('LanguageDetector', () => {
  const detector = new LanguageDetector();
  const { signal } = new AbortController();
  afterAll(() => detector.onApplicationShutdown());

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
  ])('takes %j for %s', async (text, language) => {
    expect(await detector.detect(text, signal)).toBe(language);
  });

  it.each(['12345 67890', '🎉🎉🎉', 'x', 'asdf qwer zxcv lkjh', '!?', ' '])(
    'is not sure about %j',
    async (text) => {
      expect(await detector.detect(text, signal)).toBeNull();
    },
  );

  it('looks at the middle of a long text as well', async () => {
    const boilerplate = 'Page 1 of 9. All rights reserved. '.repeat(60);
    const text = boilerplate + 'Die Katze sitzt auf der Matte und schläft. '.repeat(400);
    expect(await detector.detect(text, signal)).toBe('de');
  });

  it('answers each of many that ask at once', async () => {
    const texts = ['Die Katze sitzt auf der Matte.', 'Ik vind dit product erg leuk.', '12345'];
    const asked = Array.from({ length: 60 }, (_, index) => texts[index % texts.length]!);
    const languages = await Promise.all(asked.map((text) => detector.detect(text, signal)));
    expect(languages).toEqual(asked.map((text) => ['de', 'nl', null][texts.indexOf(text)]));
  });

  it('waits no longer than its caller', async () => {
    const caller = new AbortController();
    const answer = detector.detect('The caller has gone.', caller.signal);
    caller.abort(new Error('gone'));
    await expect(answer).rejects.toThrow('gone');
  });

  it('lets nobody wait when its thread ends, and starts another', async () => {
    const other = new LanguageDetector();
    const answer = other.detect('Die Katze sitzt auf der Matte.', signal);
    await other.onApplicationShutdown();
    await expect(answer).rejects.toThrow('has ended');
    expect(await other.detect('Die Katze sitzt auf der Matte.', signal)).toBe('de');
    await other.onApplicationShutdown();
  });
});
