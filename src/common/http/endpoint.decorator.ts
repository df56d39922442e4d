import { applyDecorators, HttpCode, type Type, UseInterceptors } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ERROR_TABLE, type ErrorCode } from '../errors/error-table.js';
import { ProblemDto } from '../errors/problem.js';
import { IDEMPOTENCY_KEY } from './idempotency-key.decorator.js';
import { JobAcceptedDto, JobAcceptedInterceptor } from './job-accepted.js';

export interface EndpointOptions {
  readonly summary: string;
  readonly description?: string;
  /** Of the JSON answer; absent where there is none. */
  readonly response?: Type;
  /** Media types of answers that are no JSON: text, or bytes. */
  readonly otherAnswers?: readonly string[];
  /** Errors beyond those that every endpoint can answer with. */
  readonly errors?: readonly ErrorCode[];
  /** Whether it can answer with server-sent events instead. */
  readonly streams?: boolean;
  /** Whether it answers those too who have no key. */
  readonly isOpen?: boolean;
  /** Whether `?async=true` makes it a job; the handler then returns a `JobAcceptedDto`. */
  readonly mayBeJob?: boolean;
  /** `model` when it may call a model provider, and so can fail as one does. */
  readonly calls?: 'model';
}

/** Any request can come with a broken path or a body that nobody asked for. */
const ALWAYS: readonly ErrorCode[] = [
  'malformed-request',
  'payload-too-large',
  'unsupported-media-type',
  'validation-error',
  'internal-error',
  'unavailable',
];
const WITH_MODEL: readonly ErrorCode[] = [
  'rate-limited',
  'provider-error',
  'not-configured',
  'provider-timeout',
];
const AS_JOB: readonly ErrorCode[] = ['conflict', 'rate-limited'];

/** Documents a handler, errors included, and answers 200 on success whatever the method. */
export function Endpoint(options: EndpointOptions) {
  const { summary, description, errors = [], isOpen = false, mayBeJob = false } = options;
  const codes = new Set([
    ...ALWAYS,
    ...(isOpen ? [] : (['unauthorized', 'rate-limited'] as const)),
    ...(options.calls === 'model' ? WITH_MODEL : []),
    ...(mayBeJob ? AS_JOB : []),
    ...errors,
  ]);
  return applyDecorators(
    HttpCode(200),
    ApiOperation({
      summary,
      ...(description !== undefined && { description }),
      ...(isOpen && { security: [] }),
    }),
    success(options),
    ...(mayBeJob ? [acceptance()] : []),
    ...[...groupByStatus([...codes])].map(([status, titles]) =>
      ApiResponse({
        status,
        description: titles.join(' / '),
        content: {
          'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } },
        },
      }),
    ),
  );
}

function acceptance() {
  return applyDecorators(
    UseInterceptors(JobAcceptedInterceptor),
    ApiHeader({
      name: IDEMPOTENCY_KEY.name,
      description: IDEMPOTENCY_KEY.description,
      required: false,
      schema: { type: 'string', minLength: 1, maxLength: IDEMPOTENCY_KEY.maxLength },
    }),
    ApiResponse({
      status: 202,
      type: JobAcceptedDto,
      description: 'Accepted as a job, with `?async=true`',
      headers: {
        Location: { description: 'Where to look the job up.', schema: { type: 'string' } },
      },
    }),
  );
}

function success({ response, streams = false, otherAnswers = [] }: EndpointOptions) {
  const description = 'Success';
  const others = [...otherAnswers, ...(streams ? ['text/event-stream'] : [])];
  if (response && others.length === 0) return ApiResponse({ status: 200, type: response, description });
  const content = {
    ...(response && { 'application/json': { schema: { $ref: getSchemaPath(response) } } }),
    ...Object.fromEntries(others.map((mediaType) => [mediaType, { schema: otherSchema(mediaType) }])),
  };
  const documented = ApiResponse({ status: 200, description, content });
  return response ? applyDecorators(ApiExtraModels(response), documented) : documented;
}

function otherSchema(mediaType: string): { type: 'string'; format?: 'binary' } {
  return mediaType.startsWith('text/') ? { type: 'string' } : { type: 'string', format: 'binary' };
}

function groupByStatus(codes: readonly ErrorCode[]): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const code of codes) {
    const { status, title } = ERROR_TABLE[code];
    groups.set(status, [...(groups.get(status) ?? []), title]);
  }
  return groups;
}
