export const MULTIPART = 'multipart/form-data';

/** Where a handler's upload options are kept. */
export const UPLOAD_OPTIONS = Symbol('upload-options');

export interface UploadOptions {
  /** Whether the handler takes a JSON body as well, which then comes without a file. */
  readonly orJson?: boolean;
}
