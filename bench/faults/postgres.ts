import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../../test/support/redis-server.js';

const run = promisify(execFile);
/** Whom PostgreSQL runs as where we are root, which it refuses. */
const USER = 'ml-service-test';

/** A PostgreSQL server with pgvector of the benchmark's own, on loopback. */
export class PostgresServer {
  private constructor(
    private readonly bin: string,
    private readonly directory: string,
    private readonly port: number,
  ) {}

  /** Makes an empty cluster and starts it. @throws Error unless `TEST_PG_BIN` is the folder of `pg_ctl` */
  static async start(): Promise<PostgresServer> {
    const bin = process.env['TEST_PG_BIN'];
    if (bin === undefined) {
      throw new Error('Set TEST_PG_BIN to the folder of initdb and pg_ctl of a PostgreSQL with pgvector.');
    }
    const directory = await mkdtemp(join(tmpdir(), 'faults-postgres-'));
    if (isRoot()) {
      await run('id', [USER]).catch(() => run('useradd', ['--system', '--no-create-home', USER]));
      await run('chown', [USER, directory]);
    }
    await chmod(directory, 0o700);
    const server = new PostgresServer(bin, directory, await findFreePort());
    await server.command('initdb', '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8');
    await server.resume();
    return server;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  /** Stops it without waiting for anybody, as a crash would; what was committed is kept. */
  async crash(): Promise<void> {
    await this.command('pg_ctl', '-m', 'immediate', 'stop');
  }

  /** Starts it and waits until it takes connections. */
  async resume(): Promise<void> {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`;
    await this.command('pg_ctl', '-w', '-l', join(this.directory, 'log'), '-o', options, 'start');
  }

  async remove(): Promise<void> {
    await this.crash().catch(() => undefined);
    await rm(this.directory, { recursive: true, force: true });
  }

  private async command(name: string, ...parameters: string[]): Promise<void> {
    const line = [join(this.bin, name), '-D', this.directory, ...parameters];
    const [program = '', ...rest] = isRoot() ? ['runuser', '-u', USER, '--', ...line] : line;
    // The server keeps what it is started with: with pipes, waiting for their end would be waiting for its.
    await new Promise<void>((resolve, reject) => {
      const child = spawn(program, rest, { stdio: 'ignore', cwd: '/' });
      child.once('error', reject);
      child.once('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`${name} ended with ${code}.`));
      });
    });
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
