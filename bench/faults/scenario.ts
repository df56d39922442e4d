import { setTimeout as sleep } from 'node:timers/promises';
import { JsonClient } from '../../test/support/json-client.js';
import { Bed } from './bed.js';
import { COLLECTION, Load } from './load.js';
import { failuresOf, type FaultWindow, inPhase, report, type Verdict } from './report.js';

const REQUESTS_PER_SECOND = 50;
/** Requests that make everything warm and are not counted. */
const WARM_UP_SECONDS = 5;

/** What a scenario has to work with. */
export interface Stage {
  readonly bed: Bed;
  readonly load: Load;
  /** Length of the whole load, of which the fault has the middle third. */
  readonly seconds: number;
}

export interface Scenario {
  readonly name: string;
  readonly variables?: Record<string, string>;
  /** Where requests go, once services run; by default a single service. */
  readonly start?: (bed: Bed) => Promise<() => string>;
  readonly begin: (stage: Stage) => void | Promise<void>;
  readonly end: (stage: Stage) => void | Promise<void>;
  readonly judge: (stage: Stage, window: FaultWindow) => Verdict[];
  /** Whether all documents whose storing was acknowledged have to be there in the end. */
  readonly countsDocuments?: boolean;
}

/** Plays a scenario on a bed of its own. @returns whether all held */
export async function play(scenario: Scenario, seconds: number): Promise<boolean> {
  const bed = await Bed.make();
  try {
    const target = await targetOf(scenario, bed);
    await new Load(REQUESTS_PER_SECOND, target).run(WARM_UP_SECONDS);
    const load = new Load(REQUESTS_PER_SECOND, target);
    const stage = { bed, load, seconds };
    const loaded = load.run(seconds);
    await sleep((seconds / 3) * 1000);
    const from = load.now;
    await scenario.begin(stage);
    await sleep(Math.max(0, ((2 * seconds) / 3) * 1000 - load.now));
    await scenario.end(stage);
    const window = { from, until: load.now };
    await loaded;
    const verdicts = scenario.judge(stage, window);
    if (scenario.countsDocuments === true) verdicts.push(await documentsKept(load, target()));
    return report(scenario.name, load.observations, window, verdicts);
  } finally {
    await bed.remove();
  }
}

async function targetOf({ start, variables }: Scenario, bed: Bed): Promise<() => string> {
  if (start) return start(bed);
  const service = await bed.startService(variables);
  return () => service.url;
}

async function documentsKept(load: Load, url: string): Promise<Verdict> {
  const stored = new Set(await storedIds(url));
  const lost = load.acknowledged.filter((id) => !stored.has(id));
  return {
    what: 'acknowledged documents are there',
    measured: `${lost.length} of ${load.acknowledged.length} lost`,
    holds: lost.length === 0 && load.acknowledged.length > 0,
  };
}

async function storedIds(url: string): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const path = `/api/v1/rag/collection/${COLLECTION}/documents?limit=1000&offset=${ids.length}`;
    const { body } = await new JsonClient(url).get<{ documents: { id: string }[] }>(path);
    if (body.documents.length === 0) return ids;
    ids.push(...body.documents.map(({ id }) => id));
  }
}

/** That no request failed at all. */
export function noneFailed({ load }: Stage): Verdict {
  const failed = failuresOf(load.observations).length;
  return {
    what: 'no request failed',
    measured: `${failed} of ${load.observations.length}`,
    holds: failed === 0,
  };
}

/** That what failed during the fault failed with these statuses, and that nothing failed before or long after. */
export function onlyFailedWith(
  { load }: Stage,
  window: FaultWindow,
  statuses: readonly number[],
  recoveryMs: number,
): Verdict {
  const failed = failuresOf(load.observations);
  const wrong = failed.filter(
    ({ status, at, milliseconds }) =>
      status === null ||
      !statuses.includes(status) ||
      // One that was under way when the fault began may feel it too.
      at + milliseconds < window.from ||
      at > window.until + recoveryMs,
  );
  const last = failed.reduce((latest, { at }) => Math.max(latest, at), window.until) - window.until;
  return {
    what: `failures have ${statuses.join(' or ')} and end within ${recoveryMs} ms of the fault`,
    measured: `${wrong.length} others of ${failed.length}, last ${Math.round(last)} ms after it`,
    holds: wrong.length === 0,
  };
}

/** That the fault was one: something failed while it lasted. */
export function someFailed({ load }: Stage, window: FaultWindow): Verdict {
  const failed = failuresOf(inPhase(load.observations, window, 'during')).length;
  return { what: 'the fault was felt', measured: `${failed} failed`, holds: failed > 0 };
}
