import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Failure } from './failure.js';

/** Media type of a problem, as the header has it. */
export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

export class FieldProblemDto {
  @ApiProperty({
    description: 'Path to the value, from `body`, `query` or `path` on.',
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
    example: ['body', 'documents', 0, 'text'],
  })
  loc!: (string | number)[];

  @ApiProperty({ description: 'What is wrong with it.', example: 'must not be blank' })
  msg!: string;

  @ApiProperty({ description: 'Machine-readable kind of the problem.', example: 'string_too_short' })
  type!: string;
}

/** The body of every error, as RFC 9457 has it. */
export class ProblemDto {
  @ApiProperty({ description: 'Kind of the problem.', example: '/problems/validation-error' })
  type!: string;

  @ApiProperty({ description: 'The kind in words.', example: 'Validation failed' })
  title!: string;

  @ApiProperty({ description: 'The HTTP status.', type: 'integer', example: 422 })
  status!: number;

  @ApiProperty({ description: 'What to do about it.', example: 'documents[0].text must not be blank' })
  detail!: string;

  @ApiProperty({ description: 'Path of the request.', example: '/api/v1/rag/index' })
  instance!: string;

  @ApiProperty({
    description: 'Same as the `x-request-id` header.',
    example: '5c2b1e0a-8f0e-4f0e-9d5d-0c3a6f2b7a11',
  })
  request_id!: string;

  @ApiPropertyOptional({ description: 'Each thing that is wrong with the request.', type: [FieldProblemDto] })
  errors?: FieldProblemDto[];
}

/** A failure as the body of an answer. */
export function toProblem(
  failure: Failure,
  { instance, requestId }: { readonly instance: string; readonly requestId: string },
): ProblemDto {
  return {
    type: problemType(failure),
    title: failure.title,
    status: failure.status,
    detail: failure.detail,
    instance,
    request_id: requestId,
    ...(failure.errors.length > 0 && {
      errors: failure.errors.map(({ loc, msg, type }) => ({ loc: [...loc], msg, type })),
    }),
  };
}

export function problemType({ code }: Failure): string {
  return code === 'about:blank' ? code : `/problems/${code}`;
}
