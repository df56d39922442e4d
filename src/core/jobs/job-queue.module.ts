import { Module } from '@nestjs/common';
import { JobBell } from './job-bell.js';
import { JobCounts } from './job-counts.js';
import { JobFiles } from './job-files.js';
import { JobHandlers } from './job-handlers.js';
import { JobHousekeeping } from './job-housekeeping.js';
import { JobLeases } from './job-leases.js';
import { JobRuns } from './job-runs.js';
import { JobWatch } from './job-watch.js';
import { JobWorker } from './job-worker.js';
import { Jobs } from './jobs.js';

@Module({
  providers: [
    JobBell,
    JobCounts,
    JobFiles,
    JobHandlers,
    JobHousekeeping,
    JobLeases,
    JobRuns,
    JobWatch,
    JobWorker,
    Jobs,
  ],
  exports: [JobCounts, Jobs, JobHandlers, JobWatch],
})
export class JobQueueModule {}
