import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

const BINARY = 'redis-server';

/** A Redis server of the test's own, on loopback, that keeps nothing on disk. */
export class RedisServer {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  /** Starts a server and waits until it takes connections. */
  static async start(port?: number, ...options: readonly string[]): Promise<RedisServer> {
    const chosenPort = port ?? (await findFreePort());
    const child = spawn(
      BINARY,
      ['--port', String(chosenPort), '--save', '', '--bind', '127.0.0.1', ...options],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const server = new RedisServer(chosenPort, child);
    process.once('exit', server.killNow);
    await untilReady(child);
    return server;
  }

  get url(): string {
    return redisUrl(this.port);
  }

  /** Stops it where it stands: connections stay open, and nothing is answered. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** Kills it, paused or not, and waits for its end. Killing it twice is fine. */
  async kill(): Promise<void> {
    process.removeListener('exit', this.killNow);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.killNow();
    await exited;
  }

  private readonly killNow = (): void => {
    this.child.kill('SIGKILL');
  };
}

/** `describe`, or `describe.skip` with a printed reason without a `redis-server`; in CI it has to be there. */
export function describeWithRedis(): jest.Describe {
  const isInstalled = spawnSync(BINARY, ['--version'], { stdio: 'ignore' }).status === 0;
  if (isInstalled || process.env['CI']) return describe;
  process.stderr.write(`Skipped: tests with Redis, because there is no ${BINARY} on this machine.\n`);
  return describe.skip;
}

export function redisUrl(port: number): string {
  return `redis://127.0.0.1:${port}`;
}

/** A loopback port that nobody listens on. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('Ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`${BINARY} ended before it was ready:\n${output}`));
    });
  });
}
