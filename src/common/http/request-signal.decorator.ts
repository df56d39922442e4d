import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';

/** An `AbortSignal` that fires when the client hangs up before it has its answer. */
export const RequestSignal = createParamDecorator((_: unknown, context: ExecutionContext): AbortSignal => {
  const response = context.switchToHttp().getResponse<Response>();
  const controller = new AbortController();
  const abort = () => {
    if (!response.writableFinished) controller.abort(new Error('The client hung up.'));
  };
  // It may have hung up while its file was on the way.
  if (response.closed) abort();
  else response.once('close', abort);
  return controller.signal;
});
