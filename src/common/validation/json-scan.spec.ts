import fc from 'fast-check';
import { MalformedRequestError } from '../errors/malformed-request.error.js';
import { checkJsonBytes, MAX_JSON_DEPTH, MAX_JSON_VALUES } from './json-scan.js';

const check = (text: string) => {
  checkJsonBytes(Buffer.from(text));
};
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('checkJsonBytes', () => {
  it('accepts any JSON that is neither too deep nor too much', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 10, stringUnit: 'grapheme' }), (text) => {
        check(text);
      }),
    );
  });

  it('takes no bracket, comma or brace in a string for more than text', () => {
    check(JSON.stringify({ text: `${'[{,'.repeat(MAX_JSON_VALUES)}\\"${'['.repeat(100)}\\` }));
    expect(() => {
      check(`["\\\\", ${nested(MAX_JSON_DEPTH)}]`);
    }).toThrow('nested deeper');
  });

  it('draws the line at the depth', () => {
    check(nested(MAX_JSON_DEPTH));
    for (const text of [nested(MAX_JSON_DEPTH + 1), '['.repeat(8_000_000), '{"a":'.repeat(100_000)]) {
      expect(() => {
        check(text);
      }).toThrow(`body must not be nested deeper than ${MAX_JSON_DEPTH} levels`);
    }
  });

  it('draws the line at the number of values', () => {
    const list = (length: number) => `[${Array.from({ length }, () => '1').join()}]`;
    check(list(MAX_JSON_VALUES - 1));
    for (const text of [list(MAX_JSON_VALUES + 1), `[${'{},'.repeat(MAX_JSON_VALUES)}{}]`]) {
      expect(() => {
        check(text);
      }).toThrow('values in all');
    }
  });

  it('refuses what is not UTF-8, and leaves what is not JSON to the parser', () => {
    expect(() => {
      checkJsonBytes(Buffer.from([0x22, 0xe9, 0x22]));
    }).toThrow(MalformedRequestError);
    for (const text of ['', '"open', 'x]]}', '"\\']) check(text);
  });
});
