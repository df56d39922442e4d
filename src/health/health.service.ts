import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { Drain } from '../common/http/drain.js';
import { readServiceIdentity } from '../service.js';
import type { DependencyStateDto, LivenessDto, ReadinessDto } from './health.dto.js';
import { OptionalDependencies } from './optional-dependencies.js';
import { RequiredDependencies } from './required-dependencies.js';

const CHECK_TIMEOUT_MS = 1000;

@Injectable()
export class HealthService {
  private readonly identity = readServiceIdentity();

  constructor(
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly required: RequiredDependencies,
    private readonly optional: OptionalDependencies,
    private readonly drain: Drain,
  ) {}

  live(): LivenessDto {
    return {
      status: 'ok',
      service: this.identity.name,
      version: this.identity.version,
      uptime_seconds: Math.round(process.uptime() * 1000) / 1000,
    };
  }

  /** @throws ServiceUnavailableException with the same shape when the service can't take requests */
  async ready(): Promise<ReadinessDto> {
    const result = await this.checkRequired();
    const states = this.optional.states();
    const readiness: ReadinessDto = {
      status: this.drain.isLeaving ? 'shutting_down' : result.status === 'ok' ? 'ok' : 'error',
      info: { ...onlyStates(result.info), ...states },
      error: onlyStates(result.error),
      details: { ...onlyStates(result.details), ...states },
    };
    if (readiness.status !== 'ok') throw new ServiceUnavailableException(readiness);
    return readiness;
  }

  private async checkRequired(): Promise<HealthCheckResult> {
    const checks = Object.entries(this.required.checks()).map(
      ([name, check]) =>
        () =>
          this.indicators.check(name).attempt(neutral(check)).withTimeout(CHECK_TIMEOUT_MS),
    );
    try {
      return await this.checks.check(checks);
    } catch (error) {
      // How Terminus says that something is down.
      if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
      throw error;
    }
  }
}

/** Without what Terminus adds to each state. */
function onlyStates(result: HealthCheckResult['info'] = {}): Record<string, DependencyStateDto> {
  return Object.fromEntries(
    Object.entries(result).map(([name, state]) => [
      name,
      { status: state?.status === 'down' ? 'down' : 'up' },
    ]),
  );
}

/** The same check, whose failure doesn't tell a stranger why: Terminus would copy the message into the answer. */
function neutral(check: () => Promise<void>): () => Promise<void> {
  return () =>
    check().catch(() => {
      throw new Error('not reachable');
    });
}
