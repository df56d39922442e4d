import { ConsoleLogger, Logger } from '@nestjs/common';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadConfig } from '../../../config/load-config.js';
import { UploadDirectory } from './upload-directory.js';

const DEAD_PID = 999_999_999;

describe('UploadDirectory', () => {
  let parent: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'upload-directory-spec-'));
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  const open = (directory = parent) => new UploadDirectory(loadConfig({ UPLOAD_DIR: directory }));

  it('is made when it is needed, once, and goes with the process', async () => {
    const directory = open(join(parent, 'deeper'));
    expect(existsSync(join(parent, 'deeper'))).toBe(false);
    const [path, again] = await Promise.all([directory.path(), directory.path()]);
    expect([again, dirname(path)]).toEqual([path, join(parent, 'deeper')]);
    writeFileSync(join(path, 'a'), 'x');
    await directory.onApplicationShutdown();
    expect(readdirSync(join(parent, 'deeper'))).toEqual([]);
  });

  it('removes what is there, and is content with what is not', async () => {
    const directory = open();
    const path = join(await directory.path(), 'a');
    writeFileSync(path, 'x');
    await directory.remove(path);
    expect(existsSync(path)).toBe(false);
    await directory.remove(path);
  });

  it('can be tried again where it could not be made', async () => {
    const place = join(parent, 'file');
    writeFileSync(place, 'x');
    const directory = open(place);
    await expect(directory.path()).rejects.toThrow('EEXIST');
    rmSync(place);
    expect(existsSync(await directory.path())).toBe(true);
  });

  it('starts where there is no folder yet, and where there can be none', async () => {
    const absent = open(join(parent, 'absent'));
    absent.onApplicationBootstrap();
    await absent.onApplicationShutdown();
    expect(readdirSync(parent)).toEqual([]);
    writeFileSync(join(parent, 'file'), 'x');
    Logger.overrideLogger(false);
    const impossible = open(join(parent, 'file'));
    impossible.onApplicationBootstrap();
    await impossible.onApplicationShutdown();
    Logger.overrideLogger(new ConsoleLogger());
  });

  it('takes away what killed processes left, and nothing else', async () => {
    const killed = `ml-service-uploads-${hostname()}-${DEAD_PID}-a`;
    const kept = [
      `ml-service-uploads-elsewhere-${DEAD_PID}-a`,
      `ml-service-uploads-${hostname()}-${process.ppid}-a`,
      `ml-service-uploads-${hostname()}-${process.pid}-a`,
      `ml-service-uploads-${hostname()}-nonsense`,
      'else',
    ];
    for (const name of [killed, ...kept]) mkdirSync(join(parent, name));
    const directory = open();
    directory.onApplicationBootstrap();
    await directory.path();
    await directory.onApplicationShutdown();
    expect(readdirSync(parent).sort()).toEqual(kept.sort());
  });
});
