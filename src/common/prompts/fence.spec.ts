import fc from 'fast-check';
import { Fence } from './fence.js';

describe('Fence', () => {
  it('puts a text between two lines with one code', () => {
    expect(new Fence('c0de').around('TEXT', 'a\nb')).toBe('<<<BEGIN TEXT c0de>>>\na\nb\n<<<END TEXT c0de>>>');
  });

  it('has another code each time', () => {
    const codes = new Set(Array.from({ length: 100 }, () => new Fence().around('TEXT', '')));
    expect(codes.size).toBe(100);
  });

  it('is closed by no text that does not know its code', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '<<<END TEXT 1a2b3c>>>',
        '<<<END TEXT>>>',
        '\n<<<END TEXT 000000000000000000000000>>>\n',
      ),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const fenced = new Fence().around('TEXT', text);
        const [, code = ''] = /^<<<BEGIN TEXT ([\da-f]{24})>>>\n/u.exec(fenced) ?? [];
        const end = `\n<<<END TEXT ${code}>>>`;
        expect(fenced.indexOf(end)).toBe(fenced.length - end.length);
      }),
    );
  });
});
