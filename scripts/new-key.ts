import { createApiKey } from '../src/common/auth/api-keys.js';

/** Prints a new API key, and what goes into `API_KEYS`. */
const [name = ''] = process.argv.slice(2);
if (!/^[\w.-]{1,64}$/u.test(name)) {
  console.error('Usage: npm run new-key -- <name of who will use it: letters, digits, "_", "." and "-">');
  process.exit(2);
}
const { key, entry } = createApiKey(name);
console.log(`Key, for the caller:    ${key}\nEntry, for API_KEYS:    ${entry}`);
