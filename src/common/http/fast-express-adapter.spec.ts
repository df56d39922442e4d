import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { FastExpressAdapter } from './fast-express-adapter.js';

const ESTABLISHED = '01';

/** Connections to a port that the system has made, whether the process has accepted them or not. */
function connectionsTo(port: number): number {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/u))
    .filter(([, address, , state]) => address?.endsWith(local) && state === ESTABLISHED).length;
}

describe('FastExpressAdapter', () => {
  const onLinux = process.platform === 'linux' ? it : it.skip;

  onLinux('takes a crowd that connects at once, before it has accepted any of them', async () => {
    const adapter = new FastExpressAdapter();
    adapter.initHttpServer({});
    const server: Server = adapter.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const sockets = Array.from({ length: 800 }, () => connect(port, '127.0.0.1'));
    for (const socket of sockets) socket.on('error', () => undefined);
    // Nothing is accepted before the event loop's next turn.
    await new Promise<void>((resolve) => {
      process.nextTick(resolve);
    });
    expect(connectionsTo(port)).toBe(800);
    for (const socket of sockets) socket.destroy();
    await adapter.close();
  });
});
