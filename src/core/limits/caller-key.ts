import type { Request } from 'express';
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { currentRequest } from '../../common/http/request-context.js';

const ANONYMOUS = 'anonymous';
/** What one household or machine gets of the addresses of IPv6. */
const IPV6_NETWORK_GROUPS = 4;

/** Whom a request counts for: its key or token, else the address that it comes from. Holds nothing to be kept secret. */
export function callerKey(request: Request): string {
  return currentCallerKey() ?? `address:${networkOf(request.socket.remoteAddress)}`;
}

/** The same where there is no request at hand; null for whoever needs no key. */
export function currentCallerKey(): string | null {
  const caller = currentRequest()?.caller ?? null;
  // A subject may be of any length, and hold anything.
  return caller && `${caller.kind}:${createHash('sha256').update(caller.name).digest('base64url')}`;
}

function networkOf(address: string | undefined): string {
  if (address === undefined) return ANONYMOUS;
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const hidden = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(Boolean).length;
  return [...groups, ...Array.from({ length: hidden }, () => '0')].slice(0, IPV6_NETWORK_GROUPS).join(':');
}
