import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { AppConfig } from '../../config/app-config.js';
import { UnauthorizedError } from '../errors/unauthorized.error.js';
import { withCaller } from '../http/request-context.js';
import { aboutService } from '../http/about-service.js';
import { ApiKeys } from './api-keys.js';
import type { Caller } from './caller.js';
import { Tokens } from './tokens.js';

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
    this.tokens = tokens && new Tokens(tokens, config.tenancy.claim);
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
    switch (aboutService(path)) {
      // Whoever decides whether to send requests here has no key.
      case 'state':
        return true;
      case 'docs':
        return publicDocs;
      case 'metrics':
        return publicMetrics;
      case null:
        return false;
    }
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
    const owner = this.keys?.find(credential) ?? null;
    return owner && { ...owner, kind: 'api-key' };
  }

  private async verifyToken(credential: string): Promise<Caller | null> {
    const token = (await this.tokens?.verify(credential)) ?? null;
    return token && { name: token.subject, kind: 'token', tenant: token.tenant };
  }
}

function readCredential(request: Request): string | null {
  const bearer = /^bearer +(?<value>\S+)$/iu.exec(request.headers.authorization ?? '')?.groups?.['value'];
  const header = request.headers['x-api-key'];
  const credential = bearer ?? (typeof header === 'string' ? header : '');
  return credential === '' || credential.length > MAX_CREDENTIAL_LENGTH ? null : credential;
}
