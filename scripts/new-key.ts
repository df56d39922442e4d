import { createApiKey } from '../src/common/auth/api-keys.js';

/** Prints a new API key, and what goes into `API_KEYS`. */
const [name = '', tenant] = process.argv.slice(2);
if (![name, tenant ?? name].every((text) => /^[\w.-]{1,64}$/u.test(text))) {
  console.error(
    'Usage: npm run new-key -- <name of who will use it> [tenant], each of letters, digits, "_", "." and "-"',
  );
  process.exit(2);
}
const { key, entry } = createApiKey(name, tenant);
console.log(`Key, for the caller:    ${key}\nEntry, for API_KEYS:    ${entry}`);
