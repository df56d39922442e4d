import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { ApplicationConfig, DiscoveryService, Reflector } from '@nestjs/core';
import { handlerRoots } from '../../common/http/shedding/handler-roots.js';
import {
  LoadShedding,
  type Verdict,
  type Visitor,
  type WatchedQueue,
} from '../../common/http/shedding/load-shedding.js';
import { WaitingRoom } from '../../common/http/shedding/waiting-room.js';
import { USES_DATABASE } from '../../common/http/shedding/uses-database.decorator.js';
import { AppConfig } from '../../config/app-config.js';
import { Congestion, type QueueState } from './congestion.js';
import { Sessions } from './sessions.js';
import type { Patience, Turns } from './turns.js';

/** How often is looked for those who may come in now, or have waited too long, while there may be some. */
const LOOK_MS = 5;

/** The requests that wait for a connection of the pool, in its queue or still at the door. */
@Injectable()
export class DatabaseQueue implements OnModuleInit, WatchedQueue, Patience {
  readonly reason = 'database';
  private readonly congestion;
  private readonly turns: Turns;
  private readonly door = new WaitingRoom();
  private looking: NodeJS.Timeout | null = null;
  private lookedAt = 0;
  /** At and below which requests need the database, each with a slash at its end. */
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
    this.roots = [...new Set(controllers.flatMap((type) => handlerRoots(type as Type, prefix)))];
    this.turns.limitBy(this);
    this.shedding.watch(this);
  }

  get patienceMs(): number {
    return this.congestion.patienceMs;
  }

  get isPressed(): boolean {
    return this.congestion.isPressed;
  }

  /** How many wait at the door. */
  get atDoor(): number {
    return this.door.size;
  }

  judge(path: string, visitor: Visitor): Verdict {
    if (!this.concerns(path)) return 'enter';
    // Nobody looks while nobody waits at the door, but the service's own work may wait in the queue.
    if (this.looking === null) this.congestion.look(this.state, 0);
    const verdict = this.congestion.judge(this.state, visitor.admission);
    if (verdict === 'wait') this.door.add(visitor);
    if (verdict !== 'enter') this.keepLooking();
    return verdict;
  }

  refusedElsewhere(): void {
    this.congestion.noteRefusal();
  }

  noteRefusal(): void {
    this.congestion.noteRefusal();
    this.shedding.count(this.reason);
  }

  private get state(): QueueState {
    const { turns, door } = this;
    return {
      waiting: turns.waiting,
      atDoor: door.size,
      longestWaitMs: Math.max(turns.longestWaitMs, door.longestWaitMs),
    };
  }

  /** Until the pressure is over, and nobody waits at the door. */
  private keepLooking(): void {
    if (this.looking !== null) return;
    this.lookedAt = performance.now();
    this.looking = setInterval(() => {
      const now = performance.now();
      this.congestion.look(this.state, now - this.lookedAt - LOOK_MS);
      this.lookedAt = now;
      this.look();
      if (this.congestion.isPressed || this.door.size > 0 || this.looking === null) return;
      clearInterval(this.looking);
      this.looking = null;
    }, LOOK_MS).unref();
  }

  private look(): void {
    this.turns.refuseOverdue();
    const refused = this.door.refuseOverdue(this.congestion.patienceMs);
    for (let count = 0; count < refused; count += 1) this.congestion.noteRefusal();
    while (this.congestion.hasRoom(this.turns)) {
      const visitor = this.door.next();
      if (visitor === null) return;
      this.congestion.expect(visitor.admission);
      visitor.enter();
    }
  }

  private concerns(path: string): boolean {
    const below = `${path}/`;
    return this.roots.some((root) => below.startsWith(root));
  }
}
