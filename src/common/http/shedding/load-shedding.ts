import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { AppConfig } from '../../../config/app-config.js';
import { toFailure } from '../../errors/failure.js';
import { PROBLEM_JSON, toProblem } from '../../errors/problem.js';
import { Metrics } from '../../metrics/metrics.js';
import { aboutService } from '../about-service.js';
import { requestIdOf } from '../request-context.js';
import { securityHeadersOfData } from '../security-headers.js';
import { type Admission, withAdmission } from './admission.js';
import { EventLoopLag } from './event-loop-lag.js';
import { OverloadedError, retryAfterSeconds } from './overloaded.error.js';

/** With fewer in flight, refusing one would hardly help the others: it is the machine that is busy. */
const FEW_IN_FLIGHT = 16;
const LOG_EVERY_MS = 10_000;

/** A request at the door. */
export interface Visitor {
  readonly admission: Admission;
  /** Lets it in. */
  readonly enter: () => void;
  readonly refuse: () => void;
}

/** Who is told to wait is let in or refused later, by the one who told him. */
export type Verdict = 'enter' | 'wait' | 'refuse';

/** Something that requests wait for in turn. */
export interface WatchedQueue {
  /** Its name in metrics and the log. */
  readonly reason: string;
  /** What is to become of a request for this path, which may join the queue or does not need it. */
  judge(path: string, visitor: Visitor): Verdict;
  /** A request was refused for another reason. */
  refusedElsewhere(): void;
}

/**
 * Refuses requests that would only make everybody wait longer: while the event loop is late for some time already, too
 * many are being answered, or a queue that they would join is too long. A refusal costs next to nothing: nothing of the
 * request is read but its path, and it has no line of its own in the log.
 */
@Injectable()
export class LoadShedding implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(LoadShedding.name);
  private readonly lag = new EventLoopLag();
  private readonly queues: WatchedQueue[] = [];
  private readonly refusals;
  private readonly securityHeaders = securityHeadersOfData();
  private readonly failure = toFailure(new OverloadedError());
  private inFlight = 0;
  private refusedSinceLogged = 0;
  private loggedAt = -Infinity;

  constructor(
    private readonly config: AppConfig,
    metrics: Metrics,
  ) {
    this.refusals = metrics.counter({
      name: 'requests_shed_total',
      help: 'Requests that were refused because there was too much to do.',
      labels: ['reason'],
    });
  }

  onModuleInit(): void {
    this.lag.start();
  }

  onApplicationShutdown(): void {
    this.lag.stop();
  }

  /** For those who know a queue, at start. */
  watch(queue: WatchedQueue): void {
    this.queues.push(queue);
  }

  /** Stands before whatever has answered the server's requests so far, because all that comes first costs as well. */
  guard(server: Server): void {
    const handlers = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      this.receive(request, response, () => {
        for (const handle of handlers) handle(request, response);
      });
    });
  }

  /** Counts a request that was refused, also by those who found out only once it was in. */
  count(reason: string): void {
    this.refusals.inc({ reason });
    this.logNowAndThen(reason);
  }

  private receive(request: IncomingMessage, response: ServerResponse, handle: () => void): void {
    const path = pathOf(request);
    const about = aboutService(path);
    if (about === 'state' || about === 'metrics') {
      handle();
      return;
    }
    const reason = this.ownOverload();
    if (reason === null) {
      this.admit(path, request, response, handle);
      return;
    }
    for (const queue of this.queues) queue.refusedElsewhere();
    this.refuse(reason, request, response);
  }

  private admit(path: string, request: IncomingMessage, response: ServerResponse, handle: () => void): void {
    const admission: Admission = { at: performance.now(), stage: 'coming' };
    const enter = () => {
      withAdmission(admission, handle);
    };
    for (const queue of this.queues) {
      const refuse = () => {
        this.refuse(queue.reason, request, response);
      };
      const verdict = queue.judge(path, { admission, enter, refuse });
      if (verdict === 'enter') continue;
      if (verdict === 'wait') this.trackInFlight(admission, response);
      else refuse();
      return;
    }
    this.trackInFlight(admission, response);
    enter();
  }

  /** From now on it is in flight, until its answer is sent or its client is gone. */
  private trackInFlight(admission: Admission, response: ServerResponse): void {
    this.inFlight += 1;
    response.once('close', () => {
      this.inFlight -= 1;
      admission.stage = 'served';
    });
  }

  private ownOverload(): string | null {
    const { maxRequestsInFlight, maxEventLoopLagMs } = this.config.limits;
    if (maxRequestsInFlight > 0 && this.inFlight >= maxRequestsInFlight) return 'in_flight';
    const isBusy = this.inFlight >= FEW_IN_FLIGHT;
    return isBusy && maxEventLoopLagMs > 0 && this.lag.isLate(maxEventLoopLagMs) ? 'event_loop' : null;
  }

  private refuse(reason: string, request: IncomingMessage, response: ServerResponse): void {
    this.count(reason);
    const path = pathOf(request);
    const requestId = requestIdOf(request);
    const problem = JSON.stringify(toProblem(this.failure, { instance: path, requestId }));
    response.writeHead(this.failure.status, {
      ...this.securityHeaders,
      'Content-Type': PROBLEM_JSON,
      'Content-Length': Buffer.byteLength(problem),
      'Retry-After': retryAfterSeconds(),
      'x-request-id': requestId,
    });
    response.end(problem);
  }

  private logNowAndThen(reason: string): void {
    this.refusedSinceLogged += 1;
    const now = performance.now();
    if (now - this.loggedAt < LOG_EVERY_MS) return;
    this.logger.warn(`Too much to do (${reason}): ${this.refusedSinceLogged} requests refused`);
    this.loggedAt = now;
    this.refusedSinceLogged = 0;
  }
}

function pathOf({ url = '' }: IncomingMessage): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
