import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import multer from 'multer';
import { AppConfig } from '../../../config/app-config.js';
import { UnsupportedMediaTypeError } from '../../errors/unsupported-media-type.error.js';
import { ValidationError } from '../../errors/validation.error.js';
import type { TemporaryFile } from './temporary-file.js';
import { UploadDirectory } from './upload-directory.js';
import { FILE_FIELD, fileTooLarge, translateUploadError } from './upload-errors.js';

/** Longest value of a field beside the file, in bytes. */
const MAX_FIELD_BYTES = 256 * 1024;
const MAX_FIELDS = 64;
const MAX_FIELD_NAME_BYTES = 100;
/** Most that fields and the lines between parts may add to the file's own length, in bytes. */
const MAX_OVERHEAD_BYTES = MAX_FIELDS * MAX_FIELD_BYTES;

/** Reads multipart bodies: the file goes to disk, the fields become the request's body. */
@Injectable()
export class UploadReceiver {
  constructor(
    private readonly config: AppConfig,
    private readonly directory: UploadDirectory,
  ) {}

  /**
   * @returns the file; whoever receives it removes it
   * @throws MalformedRequestError, PayloadTooLargeError, UnsupportedMediaTypeError, or ValidationError at `file`; then
   *   nothing is left on disk
   */
  async receive(request: Request, response: Response): Promise<TemporaryFile> {
    this.refuseUnread(request);
    await this.parse(request, response);
    dropEmptyFields(request);
    const { file } = request;
    if (file === undefined) throw ValidationError.at([FILE_FIELD], 'is required, as a file', 'missing');
    return { path: file.path, name: file.originalname, mediaType: file.mimetype, size: file.size };
  }

  remove(file: TemporaryFile): Promise<void> {
    return this.directory.remove(file.path);
  }

  /** Refuses by the headers what needs no look at the body. */
  private refuseUnread({ headers }: Request): void {
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      throw new UnsupportedMediaTypeError('Send multipart/form-data uncompressed.');
    }
    if (Number(headers['content-length']) > this.config.upload.maxBytes + MAX_OVERHEAD_BYTES) {
      throw fileTooLarge();
    }
  }

  private async parse(request: Request, response: Response): Promise<void> {
    const parse = this.parser();
    try {
      await new Promise<void>((resolve, reject) => {
        parse(request, response, (error: unknown) => {
          if (error === undefined) resolve();
          else reject(error instanceof Error ? error : new Error('Not parsed.', { cause: error }));
        });
      });
    } catch (error) {
      throw translateUploadError(error);
    }
  }

  private parser() {
    const storage = multer.diskStorage({
      destination: (_request, _file, done) => {
        this.directory.path().then(
          (path) => {
            done(null, path);
          },
          (error: unknown) => {
            done(error instanceof Error ? error : new Error('No folder.'), '');
          },
        );
      },
    });
    const limits = {
      fileSize: this.config.upload.maxBytes,
      files: 1,
      fields: MAX_FIELDS,
      fieldSize: MAX_FIELD_BYTES,
      fieldNameSize: MAX_FIELD_NAME_BYTES,
      fieldNestingDepth: 0,
    };
    return multer({ storage, limits, defParamCharset: 'utf8' }).single(FILE_FIELD);
  }
}

/** What a form sends for an input that nobody filled in counts as absent. */
function dropEmptyFields(request: Request): void {
  const fields = Object.entries(request.body as Record<string, unknown>);
  request.body = Object.fromEntries(fields.filter(([, value]) => value !== ''));
}
