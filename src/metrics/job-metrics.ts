import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { Metrics } from '../common/metrics/metrics.js';
import { type JobCount, JobCounts } from '../core/jobs/job-counts.js';

/** Metrics are read when something is wrong, too. */
const TIME_LIMIT_MS = 1000;

/** How many jobs there are of each kind in each state, for all replicas together. */
@Injectable()
export class JobMetrics {
  constructor(
    metrics: Metrics,
    private readonly jobs: JobCounts,
  ) {
    metrics.observe(
      { name: 'jobs', help: 'Jobs, the ended ones that are still kept included.', labels: ['kind', 'state'] },
      () => this.read(),
    );
  }

  /** Nothing while the database does not answer. */
  private async read() {
    const late = sleep<JobCount[]>(TIME_LIMIT_MS, [], { ref: false });
    const counts = await Promise.race([this.jobs.read().catch((): JobCount[] => []), late]);
    return counts.map(({ kind, state, count }) => ({ labels: { kind, state }, value: count }));
  }
}
