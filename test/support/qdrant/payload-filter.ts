/*
 * How Qdrant reads payload filters (lib/segment/src/payload_storage/query_checker.rs and
 * condition_checker.rs): a condition on a list holds when it holds for any element; `key[]` descends into one.
 */

export type Payload = Record<string, unknown>;

export interface QdrantFilter {
  readonly must?: readonly QdrantCondition[];
  readonly should?: readonly QdrantCondition[];
  readonly must_not?: readonly QdrantCondition[];
}

interface Range {
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
}

interface Match {
  readonly value?: string | number | boolean;
  readonly any?: readonly (string | number)[];
}

export type QdrantCondition =
  | QdrantFilter
  | { readonly key: string; readonly match?: Match; readonly range?: Range }
  | { readonly has_id: readonly string[] }
  | { readonly nested: { readonly key: string; readonly filter: QdrantFilter } };

/** Whether a point passes. */
export function passes(filter: QdrantFilter | undefined, id: string, payload: Payload): boolean {
  const { must = [], should = [], must_not: mustNot = [] } = filter ?? {};
  const holds = (condition: QdrantCondition) => conditionHolds(condition, id, payload);
  return must.every(holds) && (should.length === 0 || should.some(holds)) && !mustNot.some(holds);
}

function conditionHolds(condition: QdrantCondition, id: string, payload: Payload): boolean {
  if ('has_id' in condition) return condition.has_id.includes(id);
  if ('nested' in condition) {
    const { key, filter } = condition.nested;
    return valuesAt(payload, key)
      .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
      .some((element) => isObject(element) && passes(filter, id, element));
  }
  if ('key' in condition) {
    return valuesAt(payload, condition.key)
      .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
      .some((value) => valueMatches(value, condition));
  }
  return passes(condition, id, payload);
}

function valueMatches(value: unknown, { match, range }: { match?: Match; range?: Range }): boolean {
  if (match?.any !== undefined) return match.any.some((wanted) => wanted === value);
  if (match !== undefined) return match.value === value;
  if (range === undefined || typeof value !== 'number') return false;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return value > gt && value >= gte && value < lt && value <= lte;
}

/** Values at a path such as `a.b`, `a[].b` or `a."b c"`. */
export function valuesAt(payload: Payload, path: string): unknown[] {
  return parsePath(path).reduce<unknown[]>(
    (values, step) =>
      values.flatMap((value) => {
        if (step === null) return Array.isArray(value) ? (value as unknown[]) : [];
        return isObject(value) && Object.hasOwn(value, step) ? [value[step]] : [];
      }),
    [payload],
  );
}

/** Only these paths of a payload. */
export function pick(payload: Payload, paths: readonly string[]): Payload {
  const picked: Payload = {};
  for (const path of paths) {
    const steps = parsePath(path);
    const [value] = valuesAt(payload, path);
    if (value === undefined) continue;
    let target = picked;
    for (const step of steps.slice(0, -1)) {
      target[step ?? ''] ??= {};
      target = target[step ?? ''] as Payload;
    }
    Object.defineProperty(target, steps.at(-1) ?? '', { value, enumerable: true, configurable: true });
  }
  return picked;
}

/** Keys of a path; null for `[]`. */
function parsePath(path: string): (string | null)[] {
  const steps: (string | null)[] = [];
  const pattern = /(?:^|\.)(?:"(?<quoted>[^"]+)"|(?<plain>[\p{L}\p{N}_-]+))|(?<all>\[\])/uy;
  while (pattern.lastIndex < path.length) {
    const { quoted, plain, all } = pattern.exec(path)?.groups ?? {};
    if (quoted === undefined && plain === undefined && all === undefined)
      throw new Error(`Wrong path ${path}`);
    steps.push(quoted ?? plain ?? null);
  }
  return steps;
}

function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
