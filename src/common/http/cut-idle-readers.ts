import type { NextFunction, Request, Response } from 'express';

/**
 * Cuts off clients that don't take their answer: the work that makes it waits for them, with what it holds, such as a
 * turn at a provider. Whoever waits for us is left alone.
 */
export function cutIdleReaders(milliseconds: number) {
  return (_request: Request, response: Response, next: NextFunction): void => {
    // Called when nothing has moved in either direction for so long.
    response.setTimeout(milliseconds, () => {
      if (response.writableNeedDrain) response.destroy();
    });
    next();
  };
}
