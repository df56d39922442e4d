import fc from 'fast-check';
import { ApiKeys, createApiKey } from './api-keys.js';

describe('ApiKeys', () => {
  const shop = createApiKey('shop');
  const crm = createApiKey('crm', 'acme');
  const keys = new ApiKeys(`${shop.entry}, ${crm.entry}`);

  it('finds whose key it is', () => {
    expect(keys.find(shop.key)).toEqual({ name: 'shop', tenant: null });
    expect(keys.find(crm.key)).toEqual({ name: 'crm', tenant: 'acme' });
  });

  it('knows no other', () => {
    const [, hash = ''] = shop.entry.split(':');
    for (const wrong of ['', hash, `${shop.key}x`, shop.key.slice(0, -1), shop.entry]) {
      expect(keys.find(wrong)).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => keys.find(text) === null));
  });

  it('makes keys that differ, and are nowhere in what the service is told', () => {
    const made = Array.from({ length: 100 }, () => createApiKey('a').key);
    expect(new Set(made).size).toBe(100);
    expect(made[0]!.length).toBeGreaterThan(40);
    expect(shop.entry).not.toContain(shop.key);
  });
});
