import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ERROR_TABLE, type ErrorCode } from '../errors/error-table.js';
import { ProblemDto } from '../errors/problem.js';

export interface EndpointOptions {
  readonly summary: string;
  readonly description?: string;
  readonly response: Type;
  /** Errors beyond those that every endpoint can answer with. */
  readonly errors?: readonly ErrorCode[];
  /** Whether it takes a JSON body, and so can refuse one. */
  readonly body?: boolean;
  /** `model` when it may call a model provider, and so can fail as one does. */
  readonly calls?: 'model';
}

const ALWAYS: readonly ErrorCode[] = ['internal-error', 'unavailable', 'validation-error'];
const WITH_BODY: readonly ErrorCode[] = ['malformed-request', 'payload-too-large', 'unsupported-media-type'];
const WITH_MODEL: readonly ErrorCode[] = [
  'rate-limited',
  'provider-error',
  'not-configured',
  'provider-timeout',
];

/** Documents a handler, errors included, and answers 200 on success whatever the method. */
export function Endpoint(options: EndpointOptions) {
  const { summary, description, response, errors = [] } = options;
  const codes = [
    ...ALWAYS,
    ...(options.body ? WITH_BODY : []),
    ...(options.calls === 'model' ? WITH_MODEL : []),
    ...errors,
  ];
  return applyDecorators(
    HttpCode(200),
    ApiOperation({ summary, ...(description !== undefined && { description }) }),
    ApiResponse({ status: 200, type: response, description: 'Success' }),
    ...[...groupByStatus(codes)].map(([status, titles]) =>
      ApiResponse({
        status,
        description: titles.join(' / '),
        content: {
          'application/problem+json': { schema: { $ref: `#/components/schemas/${ProblemDto.name}` } },
        },
      }),
    ),
  );
}

function groupByStatus(codes: readonly ErrorCode[]): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const code of codes) {
    const { status, title } = ERROR_TABLE[code];
    groups.set(status, [...(groups.get(status) ?? []), title]);
  }
  return groups;
}
