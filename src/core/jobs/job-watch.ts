import { Injectable } from '@nestjs/common';
import { sleep } from '../../common/async/sleep.js';
import { Database } from '../database/database.js';
import { hasEnded, type JobSummary } from './job.js';
import { findSummaries } from './job-table.js';

const INTERVAL_MS = 500;

interface Look {
  readonly ids: Set<string>;
  readonly found: Promise<Map<string, JobSummary>>;
}

/** Follows jobs wherever they run. However many are followed by however many, there is one query for each interval. */
@Injectable()
export class JobWatch {
  private next: Look | null = null;

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
    this.next ??= this.plan();
    const { ids, found } = this.next;
    ids.add(id);
    return (await found).get(id);
  }

  private plan(): Look {
    const ids = new Set<string>();
    const found = sleep(INTERVAL_MS).then(() => {
      this.next = null;
      return findSummaries(this.database, [...ids]);
    });
    return { ids, found };
  }
}
