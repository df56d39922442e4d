import { Pool } from 'undici';

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

/**
 * Sends requests when they are due, whether earlier ones were answered or not, as many callers do that know nothing of
 * each other. What waits for a free connection is late by that, too.
 */
export async function openLoop(options: OpenLoopOptions): Promise<Arrival[]> {
  const { url, ratePerSecond, seconds, connections, next } = options;
  const pool = new Pool(url, { connections, pipelining: 1, headersTimeout: 60_000 });
  // Callers who have come before have their connections.
  await Promise.all(
    Array.from({ length: connections }, () => send(pool, { method: 'GET', path: '/health' })),
  );
  const arrivals: Arrival[] = [];
  const open = new Set<Promise<void>>();
  const start = performance.now();
  const total = Math.round(ratePerSecond * seconds);
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * ratePerSecond));
    for (; sent < due; sent += 1) {
      const dueMs = (sent / ratePerSecond) * 1000;
      const answered = send(pool, next()).then((status) => {
        arrivals.push([dueMs, performance.now() - start - dueMs, status]);
        open.delete(answered);
      });
      open.add(answered);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
  await pool.close();
  return arrivals;
}

async function send(pool: Pool, { method, path, body }: PlannedRequest): Promise<number> {
  try {
    const answer = await pool.request({
      method,
      path,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body }),
    });
    await answer.body.dump();
    return answer.statusCode;
  } catch {
    return 0;
  }
}
