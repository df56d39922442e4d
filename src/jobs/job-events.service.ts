import { Injectable, type StreamableFile } from '@nestjs/common';
import { NotFoundError } from '../common/errors/not-found.error.js';
import { RateLimitedError } from '../common/errors/rate-limited.error.js';
import { Drain } from '../common/http/drain.js';
import { eventStream, KEEP_ALIVE, type ServerSentEvent } from '../common/http/server-sent-events.js';
import { hasEnded, type JobSummary } from '../core/jobs/job.js';
import { Jobs } from '../core/jobs/jobs.js';
import { JobWatch } from '../core/jobs/job-watch.js';
import type { JobPathDto } from './dto/job-request.dto.js';
import { toJobDto, toSummaryDto } from './to-job-dto.js';

/** Streams that may be open in a process at once. */
const MAX_STREAMS = 500;
/** Less than what proxies wait for a byte. */
const KEEP_ALIVE_MS = 15_000;
const RETRY_AFTER_SECONDS = 5;

/** Jobs as streams of events. */
@Injectable()
export class JobEventsService {
  private open = 0;

  constructor(
    private readonly jobs: Jobs,
    private readonly watch: JobWatch,
    private readonly drain: Drain,
  ) {}

  /** `progress` at once and whenever something changes, and at last the job's state as the event's name. */
  async stream({ id }: JobPathDto, signal: AbortSignal): Promise<StreamableFile> {
    const job = await this.jobs.find(id);
    if (job === null) throw new NotFoundError('There is no such job, or none any more.');
    if (this.open >= MAX_STREAMS) {
      throw new RateLimitedError(`${MAX_STREAMS} streams of events are open already; try again later.`, {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    return eventStream(this.counted(job, signal));
  }

  private async *counted(job: JobSummary, signal: AbortSignal) {
    this.open += 1;
    try {
      yield* this.events(job, signal);
    } finally {
      this.open -= 1;
    }
  }

  private async *events(
    first: JobSummary,
    signal: AbortSignal,
  ): AsyncGenerator<ServerSentEvent | typeof KEEP_ALIVE> {
    let sentAt = performance.now();
    let sent = '';
    for await (const job of this.snapshots(first, signal)) {
      // A client that still wants to know asks another replica.
      if (this.drain.isLeaving) return;
      if (hasEnded(job)) {
        yield await this.end(job);
        return;
      }
      const data = toSummaryDto(job);
      const text = JSON.stringify(data);
      if (text !== sent) yield { event: 'progress', data };
      else if (performance.now() - sentAt < KEEP_ALIVE_MS) continue;
      else yield KEEP_ALIVE;
      sent = text;
      sentAt = performance.now();
    }
  }

  private async *snapshots(first: JobSummary, signal: AbortSignal): AsyncGenerator<JobSummary> {
    yield first;
    if (!hasEnded(first)) yield* this.watch.follow(first.id, signal);
  }

  private async end(job: JobSummary): Promise<ServerSentEvent> {
    const whole = await this.jobs.find(job.id);
    return { event: job.state, data: whole === null ? toSummaryDto(job) : toJobDto(whole) };
  }
}
