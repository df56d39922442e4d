import type { OpenAPIObject } from '@nestjs/swagger';
import { aboutService } from '../common/http/about-service.js';
import { MAX_TENANT_LENGTH, TENANT, TENANT_HEADER } from '../common/tenancy/tenant.js';

const PARAMETER = {
  name: TENANT_HEADER,
  in: 'header',
  required: false,
  description:
    'Whose data the request is about. Callers that are trusted to speak for tenants have to send it; with a key or ' +
    'token of a tenant it can be left out.',
  schema: { type: 'string', pattern: TENANT.source, maxLength: MAX_TENANT_LENGTH },
} as const;

/** Adds the header that says whose data a request is about to every operation that is about anybody's. */
export function addTenantHeader(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).map(([path, methods]) => {
    if (aboutService(path) !== null) return [path, methods] as const;
    const operations = Object.entries(methods as Record<string, { parameters?: readonly object[] }>);
    const described = operations.map(([method, { parameters = [], ...operation }]) => [
      method,
      { ...operation, parameters: [...parameters, PARAMETER] },
    ]);
    return [path, Object.fromEntries(described) as typeof methods] as const;
  });
  return { ...document, paths: Object.fromEntries(paths) };
}
