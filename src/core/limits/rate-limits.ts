import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { RateLimitedError } from '../../common/errors/rate-limited.error.js';
import { aboutService } from '../../common/http/about-service.js';
import { AppConfig } from '../../config/app-config.js';
import type { RatePolicy } from '../../config/settings/limits.settings.js';
import { callerKey } from './caller-key.js';
import { RateStore, type RateVerdict } from './rate-store.js';

const MS_PER_SECOND = 1000;
const POLICY = '"requests"';

/** Refuses requests of callers that send too many. What is about the service itself is always answered. */
@Injectable()
export class RateLimits {
  constructor(
    private readonly config: AppConfig,
    private readonly store: RateStore,
  ) {}

  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    const policy = this.config.limits.rate;
    if (policy === null || aboutService(request.path) !== null) {
      next();
      return;
    }
    this.store.take(callerKey(request), policy).then((verdict) => {
      addHeaders(response, policy, verdict);
      next(verdict.isAllowed ? undefined : tooMany(verdict));
    }, next);
  };
}

/** As draft-ietf-httpapi-ratelimit-headers-10 has them: a full bucket, and how long it takes to fill. */
function addHeaders(response: Response, { burst, intervalMs }: RatePolicy, { fullAfterMs }: RateVerdict) {
  const remaining = Math.floor((burst * intervalMs - fullAfterMs) / intervalMs + 1e-6);
  response.setHeader('RateLimit-Policy', `${POLICY};q=${burst};w=${seconds(burst * intervalMs)}`);
  response.setHeader('RateLimit', `${POLICY};r=${Math.max(0, remaining)};t=${seconds(fullAfterMs)}`);
}

function tooMany({ waitMs }: RateVerdict): RateLimitedError {
  const retryAfterSeconds = seconds(waitMs);
  return new RateLimitedError(
    `There are more requests than RATE_LIMIT_PER_MINUTE allows; try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  );
}

function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / MS_PER_SECOND - 1e-6));
}
