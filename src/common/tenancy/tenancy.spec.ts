import { loadConfig } from '../../config/load-config.js';
import { createApiKey } from '../auth/api-keys.js';
import { Tenancy } from './tenancy.js';

const shared = createApiKey('shop').entry;
const bound = createApiKey('shop', 'acme').entry;

describe('Tenancy', () => {
  it.each([
    ['on, where nobody needs a key', { TENANCY: 'on' }, 'API_KEYS or JWT_JWKS_URL'],
    ['off, with a key of a tenant', { API_KEYS: `${shared},${bound}` }, 'TENANCY=on'],
    [
      'off, with callers that name tenants',
      { API_KEYS: shared, TENANT_TRUSTED_CALLERS: 'shop' },
      'TENANCY=on',
    ],
    ['off, with tokens that name tenants', { TENANT_CLAIM: 'tenant' }, 'TENANCY=on'],
  ])('refuses to be %s', (_, variables, message) => {
    expect(() => new Tenancy(loadConfig(variables))).toThrow(message);
  });

  it.each([
    ['off', { API_KEYS: shared }],
    ['on', { TENANCY: 'on', API_KEYS: `${shared},${bound}`, TENANT_TRUSTED_CALLERS: 'shop, token:ann' }],
    [
      'on with tokens',
      { TENANCY: 'on', JWT_JWKS_URL: 'https://issuer.example/jwks', TENANT_CLAIM: 'tenant' },
    ],
  ])('can be %s', (_, variables) => {
    expect(() => new Tenancy(loadConfig(variables))).not.toThrow();
  });
});
