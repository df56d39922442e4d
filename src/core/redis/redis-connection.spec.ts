import { jest } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { eventually } from '../../../test/support/eventually.js';
import { UnavailableError } from '../../common/errors/unavailable.error.js';
import { Secret } from '../../config/secret.js';
import { RedisConnection } from './redis-connection.js';

const PATIENT = { maxSilenceMs: 60_000, minBackoffMs: 1, maxBackoffMs: 10 };
/** Sockets need the rest. */
const ALL_BUT_TIMEOUTS = ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] as const;
const IMPATIENT = { ...PATIENT, maxSilenceMs: 20 };

/** Speaks just enough of Redis' protocol: every GET is answered with 7, everything else with OK. */
class FakeRedis {
  isSilent = false;
  /** What it would have answered while it was silent. */
  readonly heldAnswers: (() => void)[] = [];
  connectionsMade = 0;
  readonly connections = new Set<Socket>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((socket) => {
      this.connectionsMade += 1;
      this.connections.add(socket);
      socket.on('error', () => undefined).on('close', () => this.connections.delete(socket));
      socket.on('data', (data) => {
        this.answer(socket, data.toString());
      });
    });
  }

  async listen(): Promise<Secret> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return new Secret(`redis://127.0.0.1:${(this.server.address() as AddressInfo).port}`);
  }

  async close(): Promise<void> {
    for (const socket of this.connections) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(socket: Socket, data: string): void {
    for (const [, name] of data.matchAll(/\*\d+\r\n\$\d+\r\n(\w+)/g)) {
      const answer = (): unknown => socket.write(name === 'GET' ? '$1\r\n7\r\n' : '+OK\r\n');
      if (this.isSilent) this.heldAnswers.push(answer);
      else answer();
    }
  }
}

describe('RedisConnection', () => {
  let redis: FakeRedis;
  let url: Secret;
  let connection: RedisConnection | undefined;

  beforeEach(async () => {
    redis = new FakeRedis();
    url = await redis.listen();
  });

  afterEach(async () => {
    connection?.close();
    await redis.close();
  });

  function get(): Promise<unknown> {
    if (!connection) throw new Error('Connect first.');
    return connection.run((client) => client.get('key'));
  }

  it('lets the first command wait for the first connection', async () => {
    connection = new RedisConnection(url, PATIENT);
    expect(connection.isReady).toBe(false);

    await expect(get()).resolves.toBe('7');

    expect(connection.isReady).toBe(true);
  });

  it('rejects at once without a connection, does not say where to, and connects when it can', async () => {
    const { port } = new URL(url.reveal());
    await redis.close();
    connection = new RedisConnection(url, PATIENT);

    const failure = await get().catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(UnavailableError);
    expect(String(failure)).toContain('Redis is not connected (ECONNREFUSED)');
    expect(String(failure)).not.toContain(port);
  });

  it('connects again after the server has closed the connection', async () => {
    connection = new RedisConnection(url, PATIENT);
    await get();

    for (const socket of redis.connections) socket.destroy();

    await eventually(async () => {
      expect(redis.connectionsMade).toBe(2);
      await expect(get()).resolves.toBe('7');
    });
  });

  it('turns a failed command into an error that names only the kind', async () => {
    connection = new RedisConnection(url, PATIENT);
    await get();
    redis.isSilent = true;
    const failure = get().catch((error: unknown) => error);

    for (const socket of redis.connections) socket.destroy();

    expect(await failure).toBeInstanceOf(UnavailableError);
    expect(String(await failure)).toMatch(/Redis failed \((SocketClosedUnexpectedlyError|ECONNRESET)\)$/);
  });

  it('fails with the connection also the commands that were not sent yet', async () => {
    connection = new RedisConnection(url, PATIENT);
    await get();
    for (const socket of redis.connections) socket.pause();
    const large = 'x'.repeat(1024 * 1024);
    const writes = [1, 2, 3].map(() => connection?.run((client) => client.set('key', large)));

    for (const socket of redis.connections) socket.destroy();

    for (const write of writes) await expect(write).rejects.toBeInstanceOf(UnavailableError);
  });

  it('gives up a connection on which nothing is said, from the first word on', async () => {
    redis.isSilent = true;
    connection = new RedisConnection(url, IMPATIENT);
    await eventually(() => {
      expect(redis.connectionsMade).toBeGreaterThan(2);
    });

    redis.isSilent = false;

    await eventually(async () => {
      await expect(get()).resolves.toBe('7');
    });
    expect(redis.connections.size).toBe(1);
  });

  it('gives up a connection that has gone silent, and all that waits on it', async () => {
    connection = new RedisConnection(url, IMPATIENT);
    await eventually(async () => {
      await expect(get()).resolves.toBe('7');
    });
    redis.isSilent = true;

    const unanswered = [get(), get(), get()];

    for (const one of unanswered) await expect(one).rejects.toBeInstanceOf(UnavailableError);
    redis.isSilent = false;
    await eventually(async () => {
      await expect(get()).resolves.toBe('7');
    });
  });

  it('keeps a connection that is slow but not silent', async () => {
    jest.useFakeTimers({ doNotFake: [...ALL_BUT_TIMEOUTS] });
    try {
      connection = new RedisConnection(url, { ...PATIENT, maxSilenceMs: 300 });
      await get();
      redis.isSilent = true;
      const answers = [get(), get()];
      await eventually(() => {
        expect(redis.heldAnswers).toHaveLength(2);
      });

      for (const [index, answer] of answers.entries()) {
        jest.advanceTimersByTime(200);
        redis.heldAnswers[index]?.();
        await expect(answer).resolves.toBe('7');
      }
    } finally {
      jest.useRealTimers();
    }
  });

  describe('close', () => {
    async function expectGone(): Promise<void> {
      connection?.close();
      await expect(get()).rejects.toThrow('Redis is not connected (closed)');
      await eventually(() => {
        expect(redis.connections.size).toBe(0);
      });
    }

    it('ends a good connection, and for good', async () => {
      connection = new RedisConnection(url, PATIENT);
      await get();

      await expectGone();

      expect(redis.connectionsMade).toBe(1);
    });

    it('ends a connection that waits for the first answer', async () => {
      redis.isSilent = true;
      connection = new RedisConnection(url, PATIENT);
      await eventually(() => {
        expect(redis.connections.size).toBe(1);
      });

      await expectGone();
    });

    it('ends what has only just begun', async () => {
      connection = new RedisConnection(url, PATIENT);

      await expectGone();
    });

    it('ends with commands unanswered, which then fail', async () => {
      connection = new RedisConnection(url, PATIENT);
      await get();
      redis.isSilent = true;
      const unanswered = get().catch((error: unknown) => error);

      await expectGone();

      expect(await unanswered).toBeInstanceOf(UnavailableError);
    });

    it('ends the tries to reconnect', async () => {
      jest.useFakeTimers({ doNotFake: [...ALL_BUT_TIMEOUTS] });
      try {
        connection = new RedisConnection(url, PATIENT);
        await get();
        for (const socket of redis.connections) socket.destroy();
        await eventually(() => {
          expect(jest.getTimerCount()).toBe(1);
        });

        connection.close();

        expect(jest.getTimerCount()).toBe(0);
        await expect(get()).rejects.toThrow('Redis is not connected');
      } finally {
        jest.useRealTimers();
      }
    });
  });
});
