const STATE: readonly string[] = ['/health', '/ready'];
const DOCS = /^\/(?:docs|redoc|openapi\.json)(?:\/|$)/u;

/** What a path tells of the service itself, and so of nobody's data; null for any other path. */
export function aboutService(path: string): 'state' | 'docs' | 'metrics' | null {
  if (STATE.includes(path)) return 'state';
  if (DOCS.test(path)) return 'docs';
  return path === '/metrics' ? 'metrics' : null;
}
