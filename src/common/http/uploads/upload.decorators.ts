import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { ApiConsumes, ApiProperty } from '@nestjs/swagger';
import type { Request } from 'express';
import type { TemporaryFile } from './temporary-file.js';
import { UploadInterceptor } from './upload.interceptor.js';
import { MULTIPART, UPLOAD_OPTIONS, type UploadOptions } from './upload-options.js';

/**
 * Marks a handler as one that takes `multipart/form-data` with one file as `file`, and fields beside it that are
 * its body. The file is there while the handler runs and until its response is sent, and removed then.
 */
export function TakesUpload(options: UploadOptions = {}): MethodDecorator {
  return applyDecorators(
    SetMetadata(UPLOAD_OPTIONS, options),
    UseInterceptors(UploadInterceptor),
    ApiConsumes(MULTIPART, ...(options.orJson === true ? ['application/json'] : [])),
  );
}

/** The file of a multipart request; undefined where the request is JSON. */
export const UploadedTemporaryFile = createParamDecorator(
  (_: unknown, context: ExecutionContext): TemporaryFile | undefined =>
    context.switchToHttp().getRequest<Request & { upload?: TemporaryFile }>().upload,
);

/** Documents the file among the fields of a request DTO. It is no property of the body: take it by `UploadedTemporaryFile`. */
export function FileField({ description }: { readonly description: string }): PropertyDecorator {
  return ApiProperty({ description, type: 'string', format: 'binary' });
}
