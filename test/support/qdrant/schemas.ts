import { Ajv, type ValidateFunction } from 'ajv';

/*
 * Bodies of the requests that the service sends, as Qdrant's OpenAPI document describes them, except that fields
 * beyond those are refused here: the real server ignores some misspelt ones.
 */

const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const list = (items: object) => ({ type: 'array', items });
const text = { type: 'string', minLength: 1 };
const flag = { type: 'boolean' };
const number = { type: 'number' };
const index = { type: 'integer', minimum: 0 };
const uuid = { type: 'string', pattern: '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' };
const sparse = object(
  { indices: list({ type: 'integer', minimum: 0, maximum: 4_294_967_295 }), values: list(number) },
  ['indices', 'values'],
);

const filter = { $ref: '#/definitions/filter' };
const conditions = list({ $ref: '#/definitions/condition' });
const definitions = {
  filter: object({ must: conditions, should: conditions, must_not: conditions }),
  condition: {
    anyOf: [
      object(
        {
          key: text,
          match: {
            anyOf: [
              object({ value: { type: ['string', 'integer', 'boolean'] } }, ['value']),
              object({ any: { anyOf: [list({ type: 'string' }), list({ type: 'integer' })] } }, ['any']),
            ],
          },
        },
        ['key', 'match'],
      ),
      object({ key: text, range: object({ gt: number, gte: number, lt: number, lte: number }) }, [
        'key',
        'range',
      ]),
      object({ has_id: list(uuid) }, ['has_id']),
      object({ nested: object({ key: text, filter }, ['key', 'filter']) }, ['nested']),
      filter,
    ],
  },
};

const paths = list(text);
const payloadSelector = {
  anyOf: [flag, paths, object({ include: paths }, ['include']), object({ exclude: paths }, ['exclude'])],
};

const SCHEMAS = {
  createCollection: object(
    {
      vectors: {
        type: 'object',
        additionalProperties: object(
          {
            size: { type: 'integer', minimum: 1, maximum: 65_536 },
            distance: { enum: ['Cosine'] },
            on_disk: flag,
          },
          ['size', 'distance'],
        ),
      },
      sparse_vectors: {
        type: 'object',
        additionalProperties: object({
          index: object({ on_disk: flag }),
          modifier: { enum: ['idf', 'none'] },
        }),
      },
      shard_number: { type: 'integer', minimum: 1 },
      replication_factor: { type: 'integer', minimum: 1 },
      write_consistency_factor: { type: 'integer', minimum: 1 },
      on_disk_payload: flag,
      hnsw_config: object({ m: index, payload_m: index, ef_construct: { type: 'integer', minimum: 4 } }),
      quantization_config: {
        anyOf: [
          object(
            { scalar: object({ type: { const: 'int8' }, quantile: number, always_ram: flag }, ['type']) },
            ['scalar'],
          ),
          object({ binary: object({ always_ram: flag }) }, ['binary']),
        ],
      },
    },
    ['vectors'],
  ),
  createIndex: object(
    {
      field_name: text,
      field_schema: {
        anyOf: [
          object({ type: { const: 'keyword' }, is_tenant: flag, enable_hnsw: flag }, ['type']),
          object({ type: { const: 'bool' }, enable_hnsw: flag }, ['type']),
          object({ type: { const: 'integer' }, lookup: flag, range: flag, enable_hnsw: flag }, ['type']),
        ],
      },
    },
    ['field_name', 'field_schema'],
  ),
  upsert: object(
    {
      points: {
        type: 'array',
        minItems: 1,
        items: object(
          {
            id: uuid,
            vector: {
              type: 'object',
              additionalProperties: { anyOf: [{ ...list(number), minItems: 1 }, sparse] },
            },
            payload: { type: 'object' },
          },
          ['id', 'vector'],
        ),
      },
    },
    ['points'],
  ),
  queryBatch: object(
    {
      searches: list(
        object(
          {
            query: { anyOf: [list(number), sparse] },
            using: text,
            filter,
            limit: { type: 'integer', minimum: 1 },
            params: object({
              hnsw_ef: index,
              exact: flag,
              quantization: object({ rescore: flag, oversampling: { type: 'number', minimum: 1 } }),
            }),
            with_payload: payloadSelector,
          },
          ['query'],
        ),
      ),
    },
    ['searches'],
  ),
  scroll: object({
    filter,
    limit: { type: 'integer', minimum: 1 },
    offset: { anyOf: [uuid, { type: 'null' }] },
    with_payload: payloadSelector,
    with_vector: { anyOf: [flag, paths] },
  }),
  retrieve: object(
    { ids: list(uuid), with_payload: payloadSelector, with_vector: { anyOf: [flag, paths] } },
    ['ids'],
  ),
  setPayload: object({ payload: { type: 'object' }, filter, points: list(uuid) }, ['payload']),
  delete: { anyOf: [object({ filter }, ['filter']), object({ points: list(uuid) }, ['points'])] },
} as const;

export type BodyKind = keyof typeof SCHEMAS;

/** What is wrong with a body; null when nothing is. */
export function bodyChecker(): (kind: BodyKind, body: unknown) => string | null {
  const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false });
  const compiled = new Map<BodyKind, ValidateFunction>();
  return (kind, body) => {
    const validate = compiled.get(kind) ?? ajv.compile({ ...SCHEMAS[kind], definitions });
    compiled.set(kind, validate);
    return validate(body) ? null : ajv.errorsText(validate.errors);
  };
}
