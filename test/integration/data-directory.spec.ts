import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirectoryInUseError } from '../../src/core/database/embedded/data-directory-in-use.error.js';
import { lockDataDirectory } from '../../src/core/database/embedded/data-directory-lock.js';

describe('lockDataDirectory', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lock-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  const lock = () => lockDataDirectory(directory, () => undefined);

  it('is given back', async () => {
    const release = await lock();
    await release();
    const releaseAgain = await lock();
    await releaseAgain();
    expect(await readdir(directory)).toEqual(['owner.json']);
  });

  it('makes the folder', async () => {
    const nested = join(directory, 'a', 'b');
    const release = await lockDataDirectory(nested, () => undefined);
    await release();
    expect(await readdir(nested)).toEqual(['owner.json']);
  });

  it('refuses while a live process on this machine has it, and names that process', async () => {
    const owner = spawn('sleep', ['60']);
    try {
      const release = await lock();
      await writeFile(
        join(directory, 'owner.json'),
        JSON.stringify({ pid: owner.pid, hostname: hostname() }),
      );
      const error: unknown = await lock().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DataDirectoryInUseError);
      expect(String(error)).toContain(`process ${owner.pid}`);
      await release();
    } finally {
      owner.kill();
    }
  });

  it('takes it over at once from a process that was killed', async () => {
    const owner = spawn('true');
    await once(owner, 'exit');
    await lock();
    await writeFile(join(directory, 'owner.json'), JSON.stringify({ pid: owner.pid, hostname: hostname() }));
    const release = await lock();
    await release();
    expect(await readdir(directory)).toEqual(['owner.json']);
  });

  it('refuses while the owner may be alive on another machine', async () => {
    const release = await lock();
    await writeFile(join(directory, 'owner.json'), JSON.stringify({ pid: 1, hostname: 'elsewhere' }));
    await expect(lock()).rejects.toBeInstanceOf(DataDirectoryInUseError);
    await release();
  });
});
