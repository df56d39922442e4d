import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';

/** What is answered instead of a result that a job will have. */
export class JobAcceptedDto {
  @ApiProperty({ description: 'Id of the job.', example: 'f7a2c1d0-6a55-4c0e-9a52-4a6f8f0b7c11' })
  job_id!: string;

  @ApiProperty({
    description: 'Path at which to look it up; also in `Location`.',
    example: '/api/v1/jobs/f7a2c1d0-6a55-4c0e-9a52-4a6f8f0b7c11',
  })
  status_url!: string;

  /** @param id as `Jobs.submit` gave it */
  static of(id: string): JobAcceptedDto {
    return Object.assign(new JobAcceptedDto(), { job_id: id, status_url: `/api/v1/jobs/${id}` });
  }
}

/** Answers 202 with `Location` where a handler returns a `JobAcceptedDto`. */
@Injectable()
export class JobAcceptedInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map((answer) => {
        if (answer instanceof JobAcceptedDto) response.status(202).location(answer.status_url);
        return answer;
      }),
    );
  }
}
