import { AppError } from './app-error.js';

/** The body's media type is not one the endpoint takes. */
export class UnsupportedMediaTypeError extends AppError {
  override readonly code = 'unsupported-media-type';
}
