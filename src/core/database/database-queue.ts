import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { ApplicationConfig, DiscoveryService, Reflector } from '@nestjs/core';
import { LoadShedding, type WatchedQueue } from '../../common/http/shedding/load-shedding.js';
import { USES_DATABASE } from '../../common/http/shedding/uses-database.decorator.js';
import { AppConfig } from '../../config/app-config.js';
import { Congestion } from './congestion.js';
import { Sessions } from './sessions.js';

/** The requests that wait for a connection of the pool, as the front door sees them. */
@Injectable()
export class DatabaseQueue implements OnModuleInit, WatchedQueue {
  readonly reason = 'database';
  private readonly congestion;
  /** Below which requests need the database, each with a slash at its end. */
  private roots: readonly string[] = [];

  constructor(
    private readonly config: AppConfig,
    private readonly sessions: Sessions,
    private readonly shedding: LoadShedding,
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
    private readonly application: ApplicationConfig,
  ) {
    this.congestion = new Congestion(config.limits.maxDatabaseWaitMs);
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
    this.shedding.watch(this);
  }

  admits(path: string): boolean {
    return !this.concerns(path) || this.congestion.admits(this.sessions);
  }

  private concerns(path: string): boolean {
    const below = `${path}/`;
    return this.roots.some((root) => below.startsWith(root));
  }
}
