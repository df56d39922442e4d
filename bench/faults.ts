import { play } from './faults/scenario.js';
import { SCENARIOS } from './faults/scenarios.js';

const DEFAULT_SECONDS = 60;

const [name = 'all', length = String(DEFAULT_SECONDS)] = process.argv.slice(2);
const seconds = Number(length);
const chosen = SCENARIOS.filter((scenario) => name === 'all' || scenario.name === name);
if (chosen.length === 0 || !(seconds >= 15)) {
  const names = SCENARIOS.map((scenario) => scenario.name).join(' | ');
  console.error(`Usage: npm run bench:faults -- [all | ${names}] [seconds, at least 15]`);
  process.exit(2);
}

const broken: string[] = [];
for (const scenario of chosen) {
  if (!(await play(scenario, seconds))) broken.push(scenario.name);
}
console.log(broken.length === 0 ? '\nAll held.' : `\nDid not hold: ${broken.join(', ')}`);
process.exitCode = broken.length === 0 ? 0 : 1;
