import { type EnvironmentVariables, loadConfig } from '../../src/config/load-config.js';
import { JobBell } from '../../src/core/jobs/job-bell.js';
import { JobFiles } from '../../src/core/jobs/job-files.js';
import type { JobContext, JobHandler } from '../../src/core/jobs/job-handler.js';
import { JobHandlers } from '../../src/core/jobs/job-handlers.js';
import { JobHousekeeping } from '../../src/core/jobs/job-housekeeping.js';
import { JobLeases } from '../../src/core/jobs/job-leases.js';
import { JobRuns } from '../../src/core/jobs/job-runs.js';
import { JobWatch } from '../../src/core/jobs/job-watch.js';
import { JobWorker } from '../../src/core/jobs/job-worker.js';
import { Jobs } from '../../src/core/jobs/jobs.js';
import type { OpenDatabase } from './open-database.js';

/** What a job of a test does. */
export type Work = (payload: object, context: JobContext) => Promise<object>;

export const KIND = 'test.work';

/** One process's share in the jobs of a database. */
export class JobReplica {
  readonly handlers = new JobHandlers();
  readonly bell = new JobBell();
  readonly files: JobFiles;
  readonly leases: JobLeases;
  readonly jobs: Jobs;
  readonly watch: JobWatch;
  readonly housekeeping: JobHousekeeping;
  private readonly worker: JobWorker;
  private isStarted = false;

  constructor({ database, allTenants }: OpenDatabase, variables: EnvironmentVariables) {
    const config = loadConfig(variables);
    this.files = new JobFiles(database, config);
    this.leases = new JobLeases(allTenants, config);
    this.jobs = new Jobs(database, this.files, this.bell, config);
    this.watch = new JobWatch(database);
    this.housekeeping = new JobHousekeeping(allTenants, this.leases, config);
    const runs = new JobRuns(this.handlers, this.leases, this.files, config);
    this.worker = new JobWorker(runs, this.leases, this.housekeeping, this.bell, config);
  }

  handle(run: Work, { kind = KIND, concurrency = 100 } = {}): this {
    const handler: JobHandler = { kind, concurrency, run };
    this.handlers.register(handler);
    return this;
  }

  start(): this {
    this.isStarted = true;
    this.worker.onApplicationBootstrap();
    return this;
  }

  async stop(): Promise<void> {
    if (!this.isStarted) return;
    this.worker.onModuleDestroy();
    await this.worker.beforeApplicationShutdown();
  }
}
