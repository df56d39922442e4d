import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { ConfigurationError } from '../../../config/configuration.error.js';
import { errorCode } from '../../../common/errors/error-code.js';
import { DataDirectoryInUseError } from './data-directory-in-use.error.js';

const OWNER_FILE = 'owner.json';
/** Age at which the heartbeat of an owner elsewhere counts as stopped. */
const STALE_AFTER_MS = 15_000;
/** The same for the lock of those that are looking at the owner, which takes milliseconds. */
const ENTRY_STALE_AFTER_MS = 5000;
const ENTRY_RETRIES = { retries: 70, factor: 1, minTimeout: 100, maxTimeout: 100 };

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
  await makeDirectory(directory);
  // Of two that found a dead owner at the same time, the second would break the lock that the first has just taken.
  const leave = await enter(directory);
  try {
    const release = await takeOver(directory, onLost);
    const owner: Owner = { pid: process.pid, hostname: hostname() };
    await writeFile(join(directory, OWNER_FILE), JSON.stringify(owner));
    return release;
  } finally {
    await leave();
  }
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    throw new ConfigurationError([
      `DATA_DIR ${directory} can't be used as a folder (${errorCode(error) ?? 'unknown'})`,
    ]);
  }
}

async function takeOver(directory: string, onLost: () => void): Promise<() => Promise<void>> {
  const lockPath = join(directory, 'lock');
  const acquire = () =>
    lockfile.lock(directory, { lockfilePath: lockPath, stale: STALE_AFTER_MS, onCompromised: onLost });
  return acquire().catch(async (error: unknown) => {
    if (errorCode(error) !== 'ELOCKED') throw error;
    const owner = await readOwner(directory);
    if (owner === null || !isDead(owner)) throw new DataDirectoryInUseError(directory, owner?.pid ?? null);
    // Killed on this machine: no need to wait until its heartbeat is stale.
    await rm(lockPath, { recursive: true, force: true });
    return acquire();
  });
}

/** Waits until no other process is taking the folder, and keeps others from it until the returned function is called. */
async function enter(directory: string): Promise<() => Promise<void>> {
  try {
    return await lockfile.lock(join(directory, 'taking'), {
      realpath: false,
      stale: ENTRY_STALE_AFTER_MS,
      retries: ENTRY_RETRIES,
    });
  } catch (error) {
    if (errorCode(error) !== 'ELOCKED') throw error;
    const owner = await readOwner(directory);
    throw new DataDirectoryInUseError(directory, owner?.pid ?? null);
  }
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
