import { Controller, Get } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import autocannon from 'autocannon';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import 'reflect-metadata';
import { FastExpressAdapter } from '../src/common/http/fast-express-adapter.js';
import { median } from './support/statistics.js';

/* How many requests a second the same tiny endpoint takes: Nest on Express as it comes, on our adapter, bare Node. */

@Controller()
class PingController {
  @Get('ping')
  ping(): { status: string } {
    return { status: 'ok' };
  }
}

class PingModule {}
Reflect.defineMetadata('controllers', [PingController], PingModule);

const VARIANTS: Record<string, () => Promise<number>> = {
  'bare node:http': async () => {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"status":"ok"}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as { port: number }).port;
  },
  'Nest on Express': () => startNest(new ExpressAdapter()),
  'Nest on FastExpressAdapter': () => startNest(new FastExpressAdapter()),
};

const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 100;

async function startNest(adapter: ExpressAdapter): Promise<number> {
  const app = await NestFactory.create(PingModule, adapter, { logger: false });
  await app.listen(0, '127.0.0.1');
  return Number(new URL(await app.getUrl()).port);
}

async function serve(variant: string): Promise<void> {
  const port = await VARIANTS[variant]?.();
  process.send?.(port);
}

async function compare(): Promise<void> {
  const rates = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const variant of Object.keys(VARIANTS)) {
      rates.set(variant, [...(rates.get(variant) ?? []), await measure(variant)]);
    }
  }
  const reference = median(rates.get('Nest on Express') ?? []);
  console.log(`${ROUNDS} alternating rounds of ${SECONDS} s, ${CONNECTIONS} connections; medians`);
  for (const [variant, measured] of rates) {
    const rate = median(measured);
    console.log(
      `${variant.padEnd(28)}${Math.round(rate).toString().padStart(8)}/s  ×${(rate / reference).toFixed(2)}`,
    );
  }
}

async function measure(variant: string): Promise<number> {
  const server = fork(fileURLToPath(import.meta.url), [variant], { execArgv: process.execArgv });
  try {
    const [port] = (await once(server, 'message')) as [number];
    const url = `http://127.0.0.1:${port}/ping`;
    await autocannon({ url, connections: CONNECTIONS, duration: 1 });
    const { requests } = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS });
    return requests.average;
  } finally {
    server.kill();
  }
}

const [variant] = process.argv.slice(2);
await (variant === undefined ? compare() : serve(variant));
