import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { STUB_PROVIDERS, type StubProvider } from '../support/chat-providers.js';
import { FLOOD_MARK } from '../support/chat-stub.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { allowForBusyMachine } from '../support/busy-machine.js';

allowForBusyMachine();

const KIBIBYTE = 1024;
const MEBIBYTE = KIBIBYTE * KIBIBYTE;
/** One event of a flood. */
const DELTA = `${FLOOD_MARK}${'x'.repeat(64 * KIBIBYTE)}`;
const TIMES = 640;
/** What the sockets of both sides, and the streams between them, hold at most: far less than the whole. */
const MOST_IN_FLIGHT = 16 * MEBIBYTE;

describe.each(STUB_PROVIDERS)('clients that read slowly what %s writes', (_, start) => {
  let provider: StubProvider;
  let service: TestApp;

  async function serve(settings: Record<string, string> = {}): Promise<void> {
    service = await startTestApp({ ...provider.variables, PROVIDER_MAX_CONCURRENCY: '1', ...settings });
    provider.chat.reset();
    provider.chat.replyNext({ content: DELTA });
    provider.chat.scriptNext({ kind: 'flood', times: TIMES });
  }

  /** An answer that nobody reads yet. */
  async function open(): Promise<IncomingMessage> {
    const outgoing = request(`${service.url}/api/v1/analysis/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    outgoing.end(JSON.stringify({ prompt: 'x', stream: true }));
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    response.on('error', () => undefined);
    return response;
  }

  /** Resolves when the provider is read no further. */
  async function untilStill(): Promise<number> {
    let seen = -1;
    await eventually(async () => {
      const before = provider.chat.floodedBytes;
      await new Promise((resolve) => setTimeout(resolve, 100));
      seen = provider.chat.floodedBytes;
      expect(seen).toBe(before);
      expect(seen).toBeGreaterThan(0);
    });
    return seen;
  }

  beforeEach(async () => {
    provider = await start();
  });
  afterEach(async () => {
    await service.close();
    await provider.close();
  });

  it('make the provider wait, and get everything in the end', async () => {
    await serve();
    const response = await open();
    expect(await untilStill()).toBeLessThan(MOST_IN_FLIGHT);
    let received = 0;
    for await (const part of response) received += (part as Buffer).length;
    expect(received).toBeGreaterThan(2 * TIMES * DELTA.length);
  });

  it('are cut off when they take nothing for too long, and leave their turn to others', async () => {
    await serve({ CLIENT_READ_TIMEOUT_MS: '300' });
    const response = await open();
    await provider.chat.untilAbandoned();
    const next = await fetch(`${service.url}/api/v1/analysis/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: 'x' }),
    });
    expect(next.status).toBe(200);
    expect(provider.chat.floodedBytes).toBeLessThan(MOST_IN_FLIGHT);
    response.destroy();
  });

  it('are not cut off while it is they who wait', async () => {
    await serve({ CLIENT_READ_TIMEOUT_MS: '100' });
    provider.chat.reset();
    provider.chat.scriptNext({ kind: 'stall', when: 'mid-body' });
    const response = await open();
    response.resume();
    let isClosed = false;
    response.on('close', () => (isClosed = true));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(isClosed).toBe(false);
    response.destroy();
    await provider.chat.untilAbandoned();
  });
});
