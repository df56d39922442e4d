import { readFileSync } from 'node:fs';

interface PackageManifest {
  readonly name: string;
  readonly version: string;
}

/** Name and version of this service, as its package says. */
export function readServiceIdentity(): PackageManifest {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { name, version } = JSON.parse(manifest) as PackageManifest;
  return { name, version };
}
