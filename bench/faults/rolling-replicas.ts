import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessEnd, ServiceProcess } from '../../test/support/service-process.js';
import type { Bed } from './bed.js';
import type { Verdict } from './report.js';

const REPLICAS = 2;
const PROBE_EVERY_MS = 200;
/** Long enough for the probes to see that a replica is leaving. */
const VARIABLES = { SHUTDOWN_DELAY_MS: '2000' };

/** Replicas behind what a cluster does: it probes `/ready`, and sends requests to those that say yes. */
export class RollingReplicas {
  private readonly ends: ProcessEnd[] = [];
  private turn = 0;

  private constructor(
    private readonly bed: Bed,
    private readonly replicas: ServiceProcess[],
    private ready: ServiceProcess[],
  ) {}

  static async start(bed: Bed): Promise<RollingReplicas> {
    const replicas: ServiceProcess[] = [];
    while (replicas.length < REPLICAS) replicas.push(await bed.startService(VARIABLES));
    return new RollingReplicas(bed, replicas, [...replicas]);
  }

  /** Address of the replica that takes the next request. */
  next(): string {
    this.turn += 1;
    const replica = this.ready[this.turn % this.ready.length];
    if (replica === undefined) throw new Error('No replica is ready.');
    return replica.url;
  }

  /** Ends each replica by SIGTERM, one after the other, once another one has taken its place. */
  async restartAll(): Promise<void> {
    for (const old of [...this.replicas]) {
      const successor = await this.bed.startService(VARIABLES);
      this.ready.push(successor);
      const ended = old.stop();
      const probing = this.untilLeaving(old);
      this.ends.push(await ended);
      await probing;
    }
  }

  endedInOrder(): Verdict {
    const inOrder = this.ends.filter(({ code }) => code === 0).length;
    return {
      what: 'all replicas ended in order',
      measured: `${inOrder} of ${REPLICAS}`,
      holds: inOrder === REPLICAS,
    };
  }

  private async untilLeaving(replica: ServiceProcess): Promise<void> {
    while (await isReady(replica)) await sleep(PROBE_EVERY_MS);
    this.ready = this.ready.filter((one) => one !== replica);
  }
}

async function isReady({ url }: ServiceProcess): Promise<boolean> {
  try {
    return (await fetch(`${url}/ready`)).status === 200;
  } catch {
    return false;
  }
}
