import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { finalize, type Observable } from 'rxjs';
import { UnsupportedMediaTypeError } from '../../errors/unsupported-media-type.error.js';
import { MULTIPART, UPLOAD_OPTIONS, type UploadOptions } from './upload-options.js';
import type { TemporaryFile } from './temporary-file.js';
import { UploadReceiver } from './upload-receiver.js';

/** Receives the file of a request before its handler runs, and removes it when all is over. */
@Injectable()
export class UploadInterceptor implements NestInterceptor {
  constructor(
    private readonly receiver: UploadReceiver,
    private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request & { upload?: TemporaryFile }>();
    const response = context.switchToHttp().getResponse<Response>();
    const options = this.reflector.get<UploadOptions>(UPLOAD_OPTIONS, context.getHandler());
    if (request.is(MULTIPART) === false || request.headers['content-type'] === undefined) {
      if (options.orJson === true) return next.handle();
      throw new UnsupportedMediaTypeError('Send the body as multipart/form-data, with one file as "file".');
    }
    const file = await this.receiver.receive(request, response);
    request.upload = file;
    return next.handle().pipe(
      finalize(() => {
        // The answer may be a stream that still reads the file.
        whenClosed(response, () => void this.receiver.remove(file));
      }),
    );
  }
}

function whenClosed(response: Response, act: () => void): void {
  if (response.closed) act();
  else response.once('close', act);
}
