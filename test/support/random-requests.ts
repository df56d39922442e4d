import fc from 'fast-check';
import type { ExactRequest } from './exact-request.js';
import { GOOD_CALLS, type GoodCall, toRequest } from './good-calls.js';
import { INJECTIONS } from './injections.js';

const NAMES = ['default', 'good-calls', 'absent', 'a', '.', '..', '%', '%00', '__proto__', 'a%2fb'];
const MEDIA_TYPES = ['application/json', 'application/json', 'application/json', 'text/plain', 'nonsense'];

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.constantFrom(null, [], {}, '', 0, -1, 1e308, '\0', '\ud800', true, [[[]]], 'default', ...INJECTIONS),
);

/** Good bodies with some fields replaced or taken out, and a few added. */
function alteredBody(good: Readonly<Record<string, unknown>>): fc.Arbitrary<string> {
  const alterations = fc.dictionary(fc.constantFrom(...Object.keys(good)), odd, { maxKeys: 3 });
  const additions = fc.dictionary(fc.string({ maxLength: 10 }), odd, { maxKeys: 2 });
  return fc
    .record({ kept: fc.subarray(Object.keys(good)), alterations, additions })
    .map(({ kept, alterations: altered, additions: added }) => {
      const rest = Object.fromEntries(kept.map((name) => [name, good[name]]));
      return JSON.stringify({ ...rest, ...altered, ...added });
    });
}

const anyText = fc.oneof(
  fc.json({ maxDepth: 5 }),
  fc.string({ maxLength: 60 }),
  fc.constantFrom('', '{', '[[', 'null', '"a"', '{"a":1}}', '\ufeff{}', "{'a':1}", '{"a":NaN}'),
);

const segment = fc.oneof(
  fc.constantFrom(...NAMES, ...INJECTIONS.map(encodeURIComponent)),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map(encodeURIComponent),
);
const queryValue = fc.oneof(
  fc.integer().map(String),
  fc.string({ unit: 'grapheme', maxLength: 10 }).map(encodeURIComponent),
);

function randomPath(good: GoodCall): fc.Arbitrary<string> {
  const [, template = ''] = good.operation.split(' ');
  return fc.record({ one: segment, other: segment, limit: queryValue }).map(({ one, other, limit }) => {
    const path = template.replace('{name}', () => one).replace('{id}', () => other);
    return `${path}?limit=${limit}&offset=${limit}`;
  });
}

export interface RandomCall {
  readonly operation: string;
  readonly request: ExactRequest;
}

/** Anything that somebody could send to one of the operations. */
export const randomCalls: fc.Arbitrary<RandomCall> = fc.constantFrom(...GOOD_CALLS).chain((good) => {
  const { method, path } = toRequest(good);
  const altered = alteredBody(good.body ?? { text: 'x' });
  const body =
    good.body === undefined ? fc.option(anyText, { nil: undefined }) : fc.oneof(altered, altered, anyText);
  return fc
    .record({
      path: fc.oneof(fc.constant(path), randomPath(good)),
      body,
      type: fc.constantFrom(...MEDIA_TYPES),
    })
    .map((random) => ({
      operation: good.operation,
      request: {
        method,
        path: random.path,
        ...(random.body !== undefined && { body: random.body, headers: { 'content-type': random.type } }),
      },
    }));
});
