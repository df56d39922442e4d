import { openLoop } from '../support/open-loop.js';
import { isMix, mixedRequests } from './mix.js';

/* Makes load in a process of its own: `generator.ts URL MIX RATE SECONDS SEED` sends its arrivals to its parent. */

const [url = '', mix = '', rate, seconds, seed] = process.argv.slice(2);
const CONNECTIONS = 600;
if (!isMix(mix)) throw new Error(`There is no mix ${mix}.`);

const arrivals = await openLoop({
  url,
  ratePerSecond: Number(rate),
  seconds: Number(seconds),
  connections: CONNECTIONS,
  next: mixedRequests(mix, Number(seed)),
});
// Disconnecting at once would lose what has not been written yet.
process.send?.(arrivals, () => {
  process.disconnect();
});
