import { pointId } from './point-id.js';

describe('pointId', () => {
  it('is a UUID of version 5, the same for the same chunk and another for any other', () => {
    const id = pointId('collection', 'document', 'version', 0);
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
    expect(pointId('collection', 'document', 'version', 0)).toBe(id);
    const others = [
      pointId('other', 'document', 'version', 0),
      pointId('collection', 'other', 'version', 0),
      pointId('collection', 'document', 'other', 0),
      pointId('collection', 'document', 'version', 1),
      pointId('collection","document', '', 'version', 0),
    ];
    expect(new Set([id, ...others]).size).toBe(6);
  });
});
