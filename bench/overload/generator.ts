import { openLoop } from '../support/open-loop.js';
import { mixedRequests } from './mix.js';

/* Makes load in a process of its own: `generator.ts URL RATE SECONDS SEED` sends its arrivals to its parent. */

const [url = '', rate, seconds, seed] = process.argv.slice(2);
const CONNECTIONS = 600;

const arrivals = await openLoop({
  url,
  ratePerSecond: Number(rate),
  seconds: Number(seconds),
  connections: CONNECTIONS,
  next: mixedRequests(Number(seed)),
});
process.send?.(arrivals);
process.disconnect();
