/** Whose everything is that came without a tenant: all there is while `TENANCY` is off. */
export const DEFAULT_TENANT = 'default';

export const TENANT_HEADER = 'X-Tenant-Id';

export const MAX_TENANT_LENGTH = 64;
export const TENANT = /^[A-Za-z0-9_.-]{1,64}$/u;

/** Whether a tenant can be called so. */
export function isTenant(name: unknown): name is string {
  return typeof name === 'string' && TENANT.test(name);
}
