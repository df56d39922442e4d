import 'reflect-metadata';
import { ValidationError } from '../errors/validation.error.js';
import { TextField } from './field.decorators.js';
import { validateItems } from './validate-items.js';

class ItemDto {
  @TextField({ description: 'A name.', maxLength: 5 })
  name!: string;
}

const problemsOf = async (items: readonly unknown[]) => {
  const error: unknown = await validateItems(ItemDto, items, 'items').catch((reason: unknown) => reason);
  if (!(error instanceof ValidationError)) throw new Error('The items should have been refused.');
  return error.errors.map(({ loc, msg }) => [loc, msg]);
};

describe('validateItems', () => {
  it('makes DTOs without unknown fields', async () => {
    const items = await validateItems(ItemDto, [{ name: 'a', other: 1 }, { name: 'b' }], 'items');
    expect(items).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect(items.every((item) => item instanceof ItemDto)).toBe(true);
  });

  it('says of each problem where it is', async () => {
    expect(await problemsOf([{ name: 'a' }, { name: 5 }, null, [], { name: 'too long' }])).toEqual([
      [['body', 'items', 1, 'name'], 'must be a string'],
      [['body', 'items', 2], 'must be an object'],
      [['body', 'items', 3], 'must be an object'],
      [['body', 'items', 4, 'name'], 'must have at most 5 characters'],
    ]);
  });

  it('stops after 20 problems', async () => {
    expect(await problemsOf(Array(1000).fill({}))).toHaveLength(20);
  });

  it('lets others have their turn', async () => {
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    await validateItems(ItemDto, Array(5000).fill({ name: 'a' }), 'items');
    isOver = true;
    expect(turns).toBeGreaterThan(1);
  });
});
