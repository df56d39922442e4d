import { Injectable } from '@nestjs/common';
import { sleep } from '../../common/async/sleep.js';
import { currentTenant } from '../../common/http/request-context.js';
import { Database } from '../database/database.js';
import { hasEnded, type JobSummary } from './job.js';
import { findSummaries } from './job-table.js';

const INTERVAL_MS = 500;

interface Look {
  readonly ids: Set<string>;
  readonly found: Promise<Map<string, JobSummary>>;
}

/**
 * Follows jobs wherever they run. However many are followed by however many, there is one query for each
 * interval and tenant.
 */
@Injectable()
export class JobWatch {
  /** By tenant. */
  private readonly next = new Map<string, Look>();

  constructor(private readonly database: Database) {}

  /**
   * How a job is, twice a second, until it has ended or is gone, or the signal fires.
   */
  async *follow(id: string, signal: AbortSignal): AsyncGenerator<JobSummary> {
    for (;;) {
      const job = await this.look(id);
      if (job === undefined || signal.aborted) return;
      yield job;
      if (hasEnded(job)) return;
    }
  }

  private async look(id: string): Promise<JobSummary | undefined> {
    const tenant = currentTenant();
    const { ids, found } = this.next.get(tenant) ?? this.plan(tenant);
    ids.add(id);
    return (await found).get(id);
  }

  private plan(tenant: string): Look {
    const ids = new Set<string>();
    const found = sleep(INTERVAL_MS).then(() => {
      this.next.delete(tenant);
      return findSummaries(this.database, [...ids]);
    });
    const look = { ids, found };
    this.next.set(tenant, look);
    return look;
  }
}
