import 'reflect-metadata';
import { ValidationError } from '../errors/validation.error.js';
import {
  BooleanField,
  ChoiceField,
  IntegerField,
  IntegerParameter,
  JsonObjectField,
  NumberField,
  ObjectListField,
  TextField,
  TextListField,
} from './field.decorators.js';
import { RequestValidationPipe } from './request-validation.pipe.js';

class ItemDto {
  @TextField({ description: 'name', maxLength: 5 })
  name!: string;

  @JsonObjectField({ description: 'extra', optional: true })
  extra?: Record<string, unknown>;
}

class ExampleDto {
  @ObjectListField(() => ItemDto, { description: 'items', minItems: 1, maxItems: 2 })
  items!: ItemDto[];

  @TextListField({ description: 'tags', minItems: 1, maxItems: 3, maxLength: 4, optional: true })
  tags?: string[];

  @IntegerField({ description: 'limit', min: 1, max: 10, default: 5 })
  limit = 5;

  @NumberField({ description: 'score', min: 0, max: 1, optional: true })
  score?: number;

  @BooleanField({ description: 'flag', default: false })
  flag = false;

  @ChoiceField({ description: 'mode', choices: ['a', 'b'], default: 'a' })
  mode = 'a';
}

class PageDto {
  @IntegerParameter({ description: 'limit', min: 1, max: 10, default: 5 })
  limit = 5;
}

const pipe = new RequestValidationPipe();

function check(value: unknown): Promise<unknown> {
  return pipe.transform(value, { type: 'body', metatype: ExampleDto });
}

async function problemsOf(value: unknown) {
  const error: unknown = await check(value).catch((thrown: unknown) => thrown);
  if (!(error instanceof ValidationError)) throw new Error('It was accepted.');
  return error.errors.map(({ loc, msg, type }) => [loc.join('.'), msg, type]);
}

const VALID = { items: [{ name: 'one' }] };

describe('RequestValidationPipe', () => {
  it('makes an instance with defaults, drops unknown fields, and counts null as absent', async () => {
    const result = await check({
      items: [{ name: 'one', unknown: 1, extra: { kept: null, nested: { a: [1] } } }],
      limit: null,
      flag: null,
      mode: null,
      score: null,
      tags: null,
      other: true,
    });
    expect(result).toBeInstanceOf(ExampleDto);
    expect(result).toEqual({
      items: [{ name: 'one', extra: { kept: null, nested: { a: [1] } } }],
      limit: 5,
      flag: false,
      mode: 'a',
    });
  });

  it.each([
    [undefined, 'body', 'is required', 'missing'],
    [[], 'body', 'must be an object', 'model_type'],
    ['text', 'body', 'must be an object', 'model_type'],
    [{}, 'body.items', 'is required', 'missing'],
    [{ items: 'x' }, 'body.items', 'must be a list', 'list_type'],
    [{ items: [] }, 'body.items', 'must have at least 1 items', 'too_short'],
    [{ items: [1, 2, 3] }, 'body.items', 'must have at most 2 items', 'too_long'],
    [{ items: [7] }, 'body.items.0', 'must be an object', 'model_type'],
    [{ items: [null] }, 'body.items.0', 'must be an object', 'model_type'],
    [{ items: [{}] }, 'body.items.0.name', 'is required', 'missing'],
    [{ items: [{ name: 7 }] }, 'body.items.0.name', 'must be a string', 'string_type'],
    [{ items: [{ name: ' \n' }] }, 'body.items.0.name', 'must not be blank', 'string_too_short'],
    [
      { items: [{ name: 'abcdef' }] },
      'body.items.0.name',
      'must have at most 5 characters',
      'string_too_long',
    ],
    [{ items: [{ name: 'a', extra: [] }] }, 'body.items.0.extra', 'must be an object', 'dict_type'],
    [{ ...VALID, tags: ['ok', 7] }, 'body.tags.1', 'must be a string', 'string_type'],
    [{ ...VALID, tags: ['ok', ' '] }, 'body.tags.1', 'must not be blank', 'string_too_short'],
    [
      { ...VALID, tags: ['ok', 'too long'] },
      'body.tags.1',
      'must have at most 4 characters',
      'string_too_long',
    ],
    [{ ...VALID, limit: '5' }, 'body.limit', 'must be a whole number', 'int_type'],
    [{ ...VALID, limit: 1.5 }, 'body.limit', 'must be a whole number', 'int_type'],
    [{ ...VALID, limit: 11 }, 'body.limit', 'must be at most 10', 'less_than_equal'],
    [{ ...VALID, limit: 0 }, 'body.limit', 'must be at least 1', 'greater_than_equal'],
    [{ ...VALID, score: '1' }, 'body.score', 'must be a number', 'float_type'],
    [{ ...VALID, flag: 'true' }, 'body.flag', 'must be true or false', 'bool_type'],
    [{ ...VALID, mode: 'c' }, 'body.mode', 'must be one of a, b', 'enum'],
  ])('refuses %j', async (value, location, message, type) => {
    expect(await problemsOf(value)).toEqual([[location, message, type]]);
  });

  it('reports several problems at once, and says the first in its message', async () => {
    const value = { items: [{ name: '' }], limit: 'x' };
    expect(await problemsOf(value)).toHaveLength(2);
    await expect(check(value)).rejects.toThrow('items[0].name must not be blank');
  });

  it('reads numbers from a query string, and only numbers', async () => {
    const read = (limit: unknown) => pipe.transform({ limit }, { type: 'query', metatype: PageDto });
    await expect(read('7')).resolves.toEqual({ limit: 7 });
    for (const wrong of ['7.5', 'x', '', ['1', '2'], '1e1']) {
      await expect(read(wrong)).rejects.toThrow('limit must be');
    }
  });

  it('leaves alone what is no DTO', async () => {
    await expect(pipe.transform('as it is', { type: 'param', metatype: String })).resolves.toBe('as it is');
    await expect(pipe.transform({ a: 1 }, { type: 'custom', metatype: ExampleDto })).resolves.toEqual({
      a: 1,
    });
  });
});
