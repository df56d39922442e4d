import { RawConnection, type RawRequest, rawRequest } from './raw-connection.js';

export interface PlannedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
}

/** One request: when it was due, how long its answer took from then on, and its status; 0 for none. */
export type Arrival = readonly [dueMs: number, tookMs: number, status: number];

export interface OpenLoopOptions {
  readonly url: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly connections: number;
  readonly next: () => PlannedRequest;
}

interface Waiting {
  readonly request: RawRequest;
  readonly onAnswer: (status: number) => void;
}

/**
 * Sends requests when they are due, whether earlier ones were answered or not, as many callers do that know nothing of
 * each other. What waits for a free connection is late by that, too.
 */
export async function openLoop(options: OpenLoopOptions): Promise<Arrival[]> {
  const { url, ratePerSecond, seconds, connections, next } = options;
  // Callers who have come before have their connections.
  const pool = await Connections.open(url, connections);
  const total = Math.round(ratePerSecond * seconds);
  const arrivals = new Arrivals(total);
  const answered = new Promise<void>((resolve) => {
    const start = performance.now();
    let sent = 0;
    const sendDue = () => {
      const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * ratePerSecond));
      for (; sent < due; sent += 1) {
        const dueMs = (sent / ratePerSecond) * 1000;
        pool.send(rawRequest(url, next()), (status) => {
          arrivals.add(dueMs, performance.now() - start - dueMs, status);
          if (arrivals.isFull) resolve();
        });
      }
      if (sent < total) setTimeout(sendDue, 1);
    };
    sendDue();
  });
  await answered;
  pool.close();
  return arrivals.list();
}

/** Numbers only, because tens of thousands of small objects would keep the collector of garbage busy meanwhile. */
class Arrivals {
  private readonly numbers;
  private length = 0;

  constructor(total: number) {
    this.numbers = new Float64Array(3 * total);
  }

  get isFull(): boolean {
    return this.length === this.numbers.length;
  }

  add(...arrival: Arrival): void {
    this.numbers.set(arrival, this.length);
    this.length += 3;
  }

  list(): Arrival[] {
    return Array.from({ length: this.length / 3 }, (_, index) => {
      const [dueMs = 0, tookMs = 0, status = 0] = this.numbers.subarray(3 * index);
      return [dueMs, tookMs, status];
    });
  }
}

/** A fixed number of connections; those that break are opened again. */
class Connections {
  private readonly waiting: Waiting[] = [];
  private isClosed = false;

  private constructor(
    private readonly url: string,
    private readonly idle: RawConnection[],
  ) {}

  static async open(url: string, count: number): Promise<Connections> {
    return new Connections(
      url,
      await Promise.all(Array.from({ length: count }, () => RawConnection.open(url))),
    );
  }

  send(request: RawRequest, onAnswer: (status: number) => void): void {
    const connection = this.idle.pop();
    if (connection === undefined) this.waiting.push({ request, onAnswer });
    else this.sendOn(connection, { request, onAnswer });
  }

  close(): void {
    this.isClosed = true;
    for (const connection of this.idle) connection.close();
  }

  private sendOn(connection: RawConnection, { request, onAnswer }: Waiting): void {
    connection.send(request, (status) => {
      onAnswer(status);
      if (!connection.isClosed) this.reuse(connection);
      else if (!this.isClosed)
        void RawConnection.open(this.url).then((fresh) => {
          this.reuse(fresh);
        });
    });
  }

  private reuse(connection: RawConnection): void {
    const next = this.waiting.shift();
    if (next === undefined) this.idle.push(connection);
    else this.sendOn(connection, next);
  }
}
