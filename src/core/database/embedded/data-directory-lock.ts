import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { errorCode } from '../../../common/errors/error-code.js';
import { DataDirectoryInUseError } from './data-directory-in-use.error.js';

const OWNER_FILE = 'owner.json';
/** Age at which the heartbeat of an owner elsewhere counts as stopped. */
const STALE_AFTER_MS = 15_000;

interface Owner {
  readonly pid: number;
  readonly hostname: string;
}

/**
 * Takes a folder for this process alone.
 * @param onLost called when another process has taken the folder over, after which it must not be written any more
 * @returns a function that gives it back
 * @throws DataDirectoryInUseError when a live process has it
 */
export async function lockDataDirectory(directory: string, onLost: () => void): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true });
  const lockPath = join(directory, 'lock');
  const acquire = () =>
    lockfile.lock(directory, { lockfilePath: lockPath, stale: STALE_AFTER_MS, onCompromised: onLost });
  const release = await acquire().catch(async (error: unknown) => {
    if (errorCode(error) !== 'ELOCKED') throw error;
    const owner = await readOwner(directory);
    if (owner === null || !isDead(owner)) throw new DataDirectoryInUseError(directory, owner?.pid ?? null);
    // Killed on this machine: no need to wait until its heartbeat is stale.
    await rm(lockPath, { recursive: true, force: true });
    return acquire();
  });
  const owner: Owner = { pid: process.pid, hostname: hostname() };
  await writeFile(join(directory, OWNER_FILE), JSON.stringify(owner));
  return release;
}

async function readOwner(directory: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(join(directory, OWNER_FILE), 'utf8')) as Owner;
  } catch {
    return null;
  }
}

// A restarted container has its predecessor's host name and process id, but can't be its predecessor.
function isDead(owner: Owner): boolean {
  if (owner.hostname !== hostname()) return false;
  if (owner.pid === process.pid) return true;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}
