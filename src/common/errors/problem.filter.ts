import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentRequestId } from '../http/request-context.js';
import { type Failure, toFailure } from './failure.js';
import { logFailure } from './log-failure.js';
import { PROBLEM_JSON, toProblem } from './problem.js';

/** Answers every error in one shape, `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    if (response.destroyed) return;
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const failure = toFailure(error);
    logFailure(this.logger, failure, error);
    sendProblem(request, response, failure);
  }
}

/** Writes a failure as a problem. */
export function sendProblem(request: Request, response: Response, failure: Failure): void {
  const problem = toProblem(failure, { instance: request.path, requestId: currentRequestId() });
  if (failure.retryAfterSeconds !== null) {
    response.setHeader('Retry-After', Math.max(1, Math.ceil(failure.retryAfterSeconds)));
  }
  if (failure.code === 'unauthorized') response.setHeader('WWW-Authenticate', 'Bearer');
  response.status(failure.status).type(PROBLEM_JSON).send(JSON.stringify(problem));
}
