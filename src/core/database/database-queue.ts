import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { ApplicationConfig, DiscoveryService, Reflector } from '@nestjs/core';
import type { Admission } from '../../common/http/shedding/admission.js';
import { LoadShedding, type WatchedQueue } from '../../common/http/shedding/load-shedding.js';
import { USES_DATABASE } from '../../common/http/shedding/uses-database.decorator.js';
import { AppConfig } from '../../config/app-config.js';
import { Congestion } from './congestion.js';
import { Sessions } from './sessions.js';
import type { Patience, Turns } from './turns.js';

/** How often is looked for those who have waited too long, while there may be some. */
const LOOK_MS = 5;

/** The requests that wait for a connection of the pool, as the front door sees them. */
@Injectable()
export class DatabaseQueue implements OnModuleInit, WatchedQueue, Patience {
  readonly reason = 'database';
  private readonly congestion;
  private readonly turns: Turns;
  private looking: NodeJS.Timeout | null = null;
  /** Below which requests need the database, each with a slash at its end. */
  private roots: readonly string[] = [];

  constructor(
    private readonly config: AppConfig,
    sessions: Sessions,
    private readonly shedding: LoadShedding,
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
    private readonly application: ApplicationConfig,
  ) {
    this.congestion = new Congestion(config.limits.maxDatabaseWaitMs);
    this.turns = sessions.turns;
  }

  onModuleInit(): void {
    if (this.config.limits.maxDatabaseWaitMs === 0) return;
    const prefix = this.application.getGlobalPrefix();
    const controllers = this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype && this.reflector.get(USES_DATABASE, metatype) ? [metatype] : []));
    this.roots = [
      ...new Set(controllers.map((type) => `/${prefix}/${this.reflector.get<string>(PATH_METADATA, type)}/`)),
    ];
    this.turns.limitBy(this);
    this.shedding.watch(this);
  }

  get patienceMs(): number {
    return this.congestion.patienceMs;
  }

  admits(path: string, admission: Admission): boolean {
    if (!this.concerns(path)) return true;
    const isAdmitted = this.congestion.admits(this.turns, admission);
    if (!isAdmitted) this.lookForOverdue();
    return isAdmitted;
  }

  refusedElsewhere(): void {
    this.congestion.noteRefusal();
  }

  noteRefusal(): void {
    this.congestion.noteRefusal();
    this.shedding.count(this.reason);
  }

  /** Until the pressure is over. */
  private lookForOverdue(): void {
    this.looking ??= setInterval(() => {
      this.turns.refuseOverdue();
      if (this.congestion.isPressed || this.looking === null) return;
      clearInterval(this.looking);
      this.looking = null;
    }, LOOK_MS).unref();
  }

  private concerns(path: string): boolean {
    const below = `${path}/`;
    return this.roots.some((root) => below.startsWith(root));
  }
}
