import { currentRequest } from '../../../common/http/request-context.js';

/** What goes with every call through an SDK: the way to stop it, and the trace of the request that it is for. */
export function sdkRequestOptions(signal: AbortSignal) {
  const traceparent = currentRequest()?.traceparent;
  return { signal, ...(traceparent && { headers: { traceparent } }) };
}
