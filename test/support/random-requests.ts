import fc from 'fast-check';
import type { ExactRequest } from './exact-request.js';
import { GOOD_CALLS, type GoodCall, type GoodForm, toRequest } from './good-calls.js';
import { INJECTIONS } from './injections.js';
import { encodeMultipart } from './multipart.js';

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

/** Good forms with some fields replaced or taken out, and with other files; or something that is no form at all. */
function alteredForm(
  good: GoodForm,
): fc.Arbitrary<{ body: string | Buffer; headers: Record<string, string> }> {
  const fields = Object.keys(good.fields);
  const content = fc.oneof(
    fc.constant(good.file.content),
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('', '%PDF-1.7', 'PK\u0003\u0004', '\0', '<html>', '# a', 'a,"b', ...INJECTIONS),
  );
  const name = fc.constantFrom('a.md', 'a.csv', 'a.pdf', 'a.docx', '.', 'a', '../../a.html');
  const file = fc.record({ name, content });
  const texts = fc.dictionary(fc.constantFrom(...fields), fc.string({ unit: 'grapheme', maxLength: 20 }), {
    maxKeys: 2,
  });
  const form = fc
    .record({ kept: fc.subarray(fields), altered: texts, files: fc.array(file, { maxLength: 2 }) })
    .map(({ kept, altered, files }) => {
      const rest = Object.fromEntries(kept.map((field) => [field, good.fields[field]!]));
      return encodeMultipart({ ...rest, ...altered }, files);
    });
  const broken = anyText.map((body) => ({ body, headers: encodeMultipart({}).headers }));
  return fc.oneof({ arbitrary: form, weight: 4 }, { arbitrary: broken, weight: 1 });
}

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
export const randomCalls: fc.Arbitrary<RandomCall> = fc
  .constantFrom(...GOOD_CALLS)
  .chain((good): fc.Arbitrary<RandomCall> => {
    const { method, path } = toRequest(good);
    if (good.form !== undefined) {
      return alteredForm(good.form).map((form) => ({
        operation: good.operation,
        request: { method, path, ...form },
      }));
    }
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
