import { runInContext } from '../../src/common/http/request-context.js';

/** Does work as a request about a tenant's data would. */
export function asTenant<T>(tenant: string, work: () => T): T {
  return runInContext({ requestId: 'test', path: '/', traceparent: null, caller: null, tenant }, work);
}
