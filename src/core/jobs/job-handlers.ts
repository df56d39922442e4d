import { Injectable } from '@nestjs/common';
import type { JobHandler } from './job-handler.js';

/** The kinds of jobs that this process can run. */
@Injectable()
export class JobHandlers {
  private readonly byKind = new Map<string, JobHandler>();

  /** To be called in `onModuleInit`: jobs are taken from then on. */
  register<Payload extends object, Checkpoint extends object, Result extends object>(
    handler: JobHandler<Payload, Checkpoint, Result>,
  ): void {
    if (this.byKind.has(handler.kind))
      throw new Error(`Jobs of kind ${handler.kind} have a handler already.`);
    // A handler gets back what jobs of its own kind were submitted with, and what it has saved itself.
    this.byKind.set(handler.kind, handler as unknown as JobHandler);
  }

  get(kind: string): JobHandler | undefined {
    return this.byKind.get(kind);
  }

  all(): JobHandler[] {
    return [...this.byKind.values()];
  }
}
