import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppConfig } from '../../config/app-config.js';
import { JobBell } from './job-bell.js';
import { JobHousekeeping } from './job-housekeeping.js';
import { JobCancelled, JobLost, JobSuspended } from './job-interruptions.js';
import { JobLeases } from './job-leases.js';
import type { JobRun } from './job-run.js';
import { JobRuns } from './job-runs.js';

/** How soon a running job hears that it was cancelled on another replica, and a job submitted there is noticed. */
const ROUND_MS = 1000;
/** For handlers to stop once they are told to, when the process ends. */
const STOP_MS = 2000;

/** Runs jobs: takes them from the queue, keeps their leases, and lets go of them when the process ends. */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(JobWorker.name);
  private loop: Promise<void> = Promise.resolve();
  private stopped: Promise<void> = Promise.resolve();
  private isLeaving = false;
  private isClosed = false;
  private isFailing = false;
  private renewedAt = performance.now();

  constructor(
    private readonly runs: JobRuns,
    private readonly leases: JobLeases,
    private readonly housekeeping: JobHousekeeping,
    private readonly bell: JobBell,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = this.work();
  }

  /** Jobs have the same time to finish as requests have, and at the same time as these. */
  onModuleDestroy(): void {
    this.isLeaving = true;
    this.bell.ring();
    this.stopped = this.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopped;
  }

  private async work(): Promise<void> {
    while (!this.isClosed && !(this.isLeaving && this.runs.isIdle)) {
      await this.round();
      await this.bell.wait(ROUND_MS);
    }
  }

  private async round(): Promise<void> {
    try {
      await this.renew();
      if (!this.isLeaving) {
        await this.housekeeping.round();
        await this.claim();
      }
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.logger.warn(`The queue of jobs can't be reached: ${messageOf(error)}`);
      this.isFailing = true;
      if (performance.now() - this.renewedAt > this.config.jobs.leaseMs) this.loseAll();
    }
  }

  private async renew(): Promise<void> {
    const runs = this.runs.all();
    const renewed = runs.length === 0 ? [] : await this.leases.renew(runs.map(({ job }) => job.lease));
    this.renewedAt = performance.now();
    const held = new Map(renewed.map(({ lease, isCancelRequested }) => [lease, isCancelRequested]));
    for (const run of runs) {
      const isCancelRequested = held.get(run.job.lease);
      if (isCancelRequested === undefined) run.interrupt(new JobLost());
      else if (isCancelRequested) run.interrupt(new JobCancelled());
    }
  }

  private async claim(): Promise<void> {
    for (let kinds = this.runs.freeKinds(); kinds.length > 0; kinds = this.runs.freeKinds()) {
      const job = await this.leases.claim(kinds);
      if (job === null) return;
      void this.runs.start(job).then(() => {
        this.bell.ring();
      });
    }
  }

  private async stop(): Promise<void> {
    const { shutdownDelayMs, shutdownTimeoutMs } = this.config.server;
    await this.untilIdle(shutdownDelayMs + shutdownTimeoutMs);
    for (const run of this.runs.all()) run.interrupt(new JobSuspended());
    await this.untilIdle(STOP_MS);
    await Promise.all(this.runs.all().map((run) => this.abandon(run)));
    this.isClosed = true;
    this.bell.ring();
    await this.loop;
  }

  private async untilIdle(limitMs: number): Promise<void> {
    const timer = new AbortController();
    const limit = sleep(limitMs, undefined, { signal: timer.signal, ref: false }).catch(() => undefined);
    await Promise.race([this.loop, limit]);
    timer.abort();
  }

  /** Of a handler that doesn't stop: what it still writes has no effect. */
  private async abandon({ job }: JobRun): Promise<void> {
    await this.leases.release(job, false).catch((error: unknown) => {
      this.logger.warn(`Job ${job.id} could not be put back: ${messageOf(error)}`);
    });
  }

  private loseAll(): void {
    for (const run of this.runs.all()) run.interrupt(new JobLost());
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
