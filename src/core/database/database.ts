import { Injectable } from '@nestjs/common';
import { currentRequest } from '../../common/http/request-context.js';
import { DEFAULT_TENANT } from '../../common/tenancy/tenant.js';
import { AppConfig } from '../../config/app-config.js';
import { DatabaseDoor } from './database-door.js';
import { Sessions } from './sessions.js';
import { ALL_TENANTS } from './tenancy/tenant-policies.js';

export type { Queryable } from './database-door.js';

/** How long an answer shows that the database is there. */
const FRESH_MS = 2000;

/**
 * The door to the database, for everybody. Whoever works on behalf of a request sees the rows of that request's tenant
 * and makes rows that are that tenant's; PostgreSQL itself sees to it, whatever the statement.
 */
@Injectable()
export class Database extends DatabaseDoor {
  private readonly hasTenants: boolean;

  constructor(sessions: Sessions, { tenancy }: AppConfig) {
    super(sessions);
    this.hasTenants = tenancy.isOn;
  }

  /** Connections of this process's pool. */
  connections(): Record<'busy' | 'idle' | 'waited_for', number> {
    return this.sessions.connections();
  }

  /**
   * Rejects when the database can't be used. One that has just answered somebody can: behind the one connection of
   * the embedded database, a question of our own might wait for its turn too long.
   * @throws UnavailableError
   */
  async ping(): Promise<void> {
    if (performance.now() - this.sessions.lastSuccess <= FRESH_MS) return;
    await this.sessions.run(this.hasTenants ? ALL_TENANTS : DEFAULT_TENANT, (runner) =>
      runner.query('select 1'),
    );
  }

  protected override tenant(): string {
    const tenant = currentRequest()?.tenant ?? (this.hasTenants ? null : DEFAULT_TENANT);
    if (tenant === null) throw new Error('Nobody has said whose data this is about.');
    return tenant;
  }
}
