/** Whose everything is that came without a tenant: all there is while `TENANCY` is off. */
export const DEFAULT_TENANT = 'default';

const TENANT = /^[\w.-]{1,64}$/u;

/** Whether a tenant can be called so. */
export function isTenant(name: unknown): name is string {
  return typeof name === 'string' && TENANT.test(name);
}
