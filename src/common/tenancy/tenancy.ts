import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { AppConfig } from '../../config/app-config.js';
import { ConfigurationError } from '../../config/configuration.error.js';
import type { Caller } from '../auth/caller.js';
import { UnauthorizedError } from '../errors/unauthorized.error.js';
import { ValidationError } from '../errors/validation.error.js';
import { aboutService } from '../http/about-service.js';
import { currentRequest, withTenant } from '../http/request-context.js';
import { isTenant, TENANT_HEADER } from './tenant.js';

const HEADER = TENANT_HEADER.toLowerCase();

/** Settles whose data a request is about. */
@Injectable()
export class Tenancy {
  /** @throws ConfigurationError for settings that would keep nobody apart */
  constructor(private readonly config: AppConfig) {
    const problem = problemWith(config);
    if (problem !== null) throw new ConfigurationError([problem]);
  }

  readonly middleware = (request: Request, _response: Response, next: NextFunction): void => {
    if (!this.config.tenancy.isOn || aboutService(request.path) !== null) {
      next();
      return;
    }
    withTenant(this.choose(currentRequest()?.caller ?? null, request.headers[HEADER]), next);
  };

  private choose(caller: Caller | null, named: string | string[] | undefined): string {
    if (caller === null) throw new UnauthorizedError('Send a key or token of a tenant.');
    if (caller.tenant !== null) {
      if (named === undefined || named === caller.tenant) return caller.tenant;
      throw new UnauthorizedError('The key or token is for another tenant than X-Tenant-Id names.');
    }
    if (!this.trusts(caller)) throw new UnauthorizedError('The key or token belongs to no tenant.');
    if (isTenant(named)) return named;
    throw new ValidationError([
      {
        loc: ['header', HEADER],
        msg: 'must name the tenant, by 1 to 64 letters, digits, "_", "." and "-"',
        type: named === undefined ? 'missing' : 'value_error',
      },
    ]);
  }

  private trusts({ kind, name }: Caller): boolean {
    return this.config.tenancy.trustedCallers.has(kind === 'token' ? `token:${name}` : name);
  }
}

function problemWith({ tenancy, security }: AppConfig): string | null {
  if (tenancy.isOn) {
    return security.apiKeys === null && security.tokens === null
      ? 'TENANCY is on, but without API_KEYS or JWT_JWKS_URL nobody can tell who calls'
      : null;
  }
  const bindsKeys =
    security.apiKeys
      ?.reveal()
      .split(',')
      .some((entry) => entry.split(':').length > 2) ?? false;
  return bindsKeys || tenancy.trustedCallers.size > 0 || tenancy.claim !== null
    ? 'API_KEYS, TENANT_TRUSTED_CALLERS or TENANT_CLAIM speak of tenants, which only TENANCY=on keeps apart'
    : null;
}
