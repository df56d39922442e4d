import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { UnsupportedMediaTypeError } from '../../errors/unsupported-media-type.error.js';
import { MULTIPART, UPLOAD_OPTIONS } from './upload-options.js';

/** Refuses multipart bodies where the handler takes no upload; nobody would read them. */
@Injectable()
export class MediaTypeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const takesUpload = this.reflector.get<unknown>(UPLOAD_OPTIONS, context.getHandler()) !== undefined;
    if (!takesUpload && request.is(MULTIPART) === MULTIPART) {
      throw new UnsupportedMediaTypeError('Send the body as application/json.');
    }
    return true;
  }
}
