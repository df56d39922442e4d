import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { AppConfig } from '../../config/app-config.js';
import { UnauthorizedError } from '../errors/unauthorized.error.js';
import { withCaller } from '../http/request-context.js';
import { ApiKeys } from './api-keys.js';
import type { Caller } from './caller.js';
import { Tokens } from './tokens.js';

/** Whoever decides whether to send requests here has no key. */
const ALWAYS_OPEN: readonly string[] = ['/health', '/ready'];
const DOCS = /^\/(?:docs|redoc|openapi\.json)(?:\/|$)/u;
const METRICS = '/metrics';
const MAX_CREDENTIAL_LENGTH = 8192;

/** Lets nobody in without a key or token, once either is configured. */
@Injectable()
export class Authentication {
  readonly isRequired: boolean;
  private readonly keys: ApiKeys | null;
  private readonly tokens: Tokens | null;

  constructor(private readonly config: AppConfig) {
    const { apiKeys, tokens } = config.security;
    this.keys = apiKeys && new ApiKeys(apiKeys.reveal());
    this.tokens = tokens && new Tokens(tokens);
    this.isRequired = this.keys !== null || this.tokens !== null;
  }

  readonly middleware = (request: Request, _response: Response, next: NextFunction): void => {
    if (!this.isRequired || this.isOpen(request.path)) {
      next();
      return;
    }
    this.identify(request).then((caller) => {
      withCaller(caller, next);
    }, next);
  };

  private isOpen(path: string): boolean {
    const { publicDocs, publicMetrics } = this.config.security;
    return (
      ALWAYS_OPEN.includes(path) || (publicDocs && DOCS.test(path)) || (publicMetrics && path === METRICS)
    );
  }

  private async identify(request: Request): Promise<Caller> {
    const credential = readCredential(request);
    if (credential === null) {
      throw new UnauthorizedError('Send a key as "Authorization: Bearer …" or as "X-API-Key".');
    }
    const caller = this.findKey(credential) ?? (await this.verifyToken(credential));
    if (caller === null) throw new UnauthorizedError('The key or token is not valid.');
    return caller;
  }

  private findKey(credential: string): Caller | null {
    const name = this.keys?.find(credential) ?? null;
    return name === null ? null : { name, kind: 'api-key' };
  }

  private async verifyToken(credential: string): Promise<Caller | null> {
    const name = (await this.tokens?.verify(credential)) ?? null;
    return name === null ? null : { name, kind: 'token' };
  }
}

function readCredential(request: Request): string | null {
  const bearer = /^bearer +(?<value>\S+)$/iu.exec(request.headers.authorization ?? '')?.groups?.['value'];
  const header = request.headers['x-api-key'];
  const credential = bearer ?? (typeof header === 'string' ? header : '');
  return credential === '' || credential.length > MAX_CREDENTIAL_LENGTH ? null : credential;
}
