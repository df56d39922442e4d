import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EnvironmentVariables } from '../../src/config/load-config.js';
import { mediaVariables } from './ffmpeg.js';
import { JsonClient } from './json-client.js';

const MAIN = resolve(import.meta.dirname, '../../dist/main.js');
const READY = /Ready at (http:\/\/[^;\s]+)/u;

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The built service as production runs it: in a process of its own, on loopback, at a free port. */
export class ServiceProcess {
  /** Settles when the process has ended and all of its output is read. */
  readonly ended: Promise<ProcessEnd>;
  private readonly child: ChildProcess;
  private readonly address: Promise<string>;
  private output = '';
  private errors = '';
  private baseUrl: string | null = null;

  private constructor(variables: EnvironmentVariables, workingDirectory: string) {
    this.child = spawn(process.execPath, [MAIN], {
      // A folder without an `.env` file.
      cwd: workingDirectory,
      env: {
        PATH: process.env['PATH'],
        TMPDIR: workingDirectory,
        HOST: '127.0.0.1',
        PORT: '0',
        DATA_DIR: join(workingDirectory, 'data'),
        ...mediaVariables(),
        // Tests that run beside each other make each other late.
        MAX_EVENT_LOOP_LAG_MS: '0',
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    process.once('exit', this.killNow);
    this.ended = this.untilEnded(workingDirectory);
    this.address = this.untilReady();
    // A test may be about a start that fails.
    this.address.catch(() => undefined);
  }

  /** Starts a process, which may be one that fails; settings that aren't given have their defaults. */
  static spawn(variables: EnvironmentVariables = {}): ServiceProcess {
    return new ServiceProcess(variables, mkdtempSync(join(tmpdir(), 'service-process-')));
  }

  /** Starts a process and waits until it takes requests. */
  static async start(variables: EnvironmentVariables = {}): Promise<ServiceProcess> {
    const service = ServiceProcess.spawn(variables);
    await service.ready();
    return service;
  }

  get pid(): number {
    return Number(this.child.pid);
  }

  get stdout(): string {
    return this.output;
  }

  get stderr(): string {
    return this.errors;
  }

  /** Address without a trailing slash, once it is ready. */
  get url(): string {
    if (this.baseUrl === null) throw new Error('The service is not ready yet.');
    return this.baseUrl;
  }

  get client(): JsonClient {
    return new JsonClient(this.url);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async ready(): Promise<void> {
    await this.address;
  }

  /** Sends a signal without waiting for what it does. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends the process in order. Ending it twice is fine. */
  stop(): Promise<ProcessEnd> {
    this.signal('SIGTERM');
    return this.ended;
  }

  /** Ends the process as a power cut would. Ending it twice is fine. */
  kill(): Promise<ProcessEnd> {
    this.killNow();
    return this.ended;
  }

  private readonly killNow = (): void => {
    this.child.kill('SIGKILL');
  };

  private async untilEnded(workingDirectory: string): Promise<ProcessEnd> {
    const [code, signal] = (await once(this.child, 'close')) as [number | null, NodeJS.Signals | null];
    process.removeListener('exit', this.killNow);
    rmSync(workingDirectory, { recursive: true, force: true });
    return { code, signal };
  }

  private untilReady(): Promise<string> {
    return new Promise((fulfil, reject) => {
      this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        this.errors += text;
      });
      this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        const [, url] = READY.exec(this.output) ?? [];
        if (url === undefined || this.baseUrl !== null) return;
        this.baseUrl = url;
        fulfil(url);
      });
      this.child.once('close', () => {
        reject(new Error(`The service ended before it was ready:\n${this.errors}${this.output}`));
      });
    });
  }
}
