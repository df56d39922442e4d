import fc from 'fast-check';
import { timingSafeEqual } from 'node:crypto';
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

  it('compares the hash of a key with that of each known one, whichever it is and whether it is one', () => {
    const compared: Buffer[][] = [];
    const watched = new ApiKeys(`${shop.entry},${crm.entry}`, (known, sent) => {
      compared.push([known, sent]);
      return timingSafeEqual(known, sent);
    });
    for (const key of [shop.key, crm.key, '', 'x'.repeat(10_000)]) {
      compared.length = 0;
      watched.find(key);
      const hashes = [shop.entry, crm.entry].map((entry) => entry.split(':')[1]);
      expect(compared.map(([known]) => known?.toString('hex'))).toEqual(hashes);
      expect(compared.map(([, sent]) => sent?.length)).toEqual([32, 32]);
      expect(compared.map(([, sent]) => sent?.toString())).not.toContain(key);
    }
  });

  it('makes keys that differ, and are nowhere in what the service is told', () => {
    const made = Array.from({ length: 100 }, () => createApiKey('a').key);
    expect(new Set(made).size).toBe(100);
    expect(made[0]!.length).toBeGreaterThan(40);
    expect(shop.entry).not.toContain(shop.key);
  });
});
