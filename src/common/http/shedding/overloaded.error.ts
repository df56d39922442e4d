import { UnavailableError } from '../../errors/unavailable.error.js';

/** Those who were refused should not all come back in the same moment. */
const MAX_RETRY_SECONDS = 3;

/** There is more to do than can be done in time. Nothing has been done for the request that is refused so. */
export class OverloadedError extends UnavailableError {
  constructor() {
    super('There is too much to do; try again later, or send it to another replica.', {
      retryAfterSeconds: retryAfterSeconds(),
    });
  }
}

export function retryAfterSeconds(): number {
  return 1 + Math.floor(Math.random() * MAX_RETRY_SECONDS);
}
