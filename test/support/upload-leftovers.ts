import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Names of what lies in the folders that processes have made in a service's `UPLOAD_DIR`. */
export function leftoversIn(uploads: string): string[] {
  return existsSync(uploads) ? readdirSync(uploads).flatMap((name) => readdirSync(join(uploads, name))) : [];
}
