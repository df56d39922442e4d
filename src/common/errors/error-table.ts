/** What an error code means over HTTP: the one mapping, which the OpenAPI document is made from as well. */
export const ERROR_TABLE = {
  'malformed-request': { status: 400, title: 'Malformed request' },
  unauthorized: { status: 401, title: 'Unauthorized' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict with stored state' },
  'payload-too-large': { status: 413, title: 'Payload too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'validation-error': { status: 422, title: 'Validation failed' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Internal error' },
  'provider-error': { status: 502, title: 'Model provider failed' },
  'not-configured': { status: 503, title: 'Not configured' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  'provider-timeout': { status: 504, title: 'Model provider did not answer in time' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERROR_TABLE;
