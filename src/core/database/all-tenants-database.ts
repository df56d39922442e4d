import { Injectable } from '@nestjs/common';
import { DEFAULT_TENANT } from '../../common/tenancy/tenant.js';
import { AppConfig } from '../../config/app-config.js';
import { DatabaseDoor } from './database-door.js';
import { Sessions } from './sessions.js';
import { ALL_TENANTS } from './tenancy/tenant-policies.js';

/**
 * The door for the service's own work on everybody's rows, in the tables whose policy lets it in: taking jobs from the
 * queue, deleting what is kept no longer. The architecture test lists who may use it. While `TENANCY` is off it shows
 * what the other door shows.
 */
@Injectable()
export class AllTenantsDatabase extends DatabaseDoor {
  private readonly scope: string;

  constructor(sessions: Sessions, { tenancy }: AppConfig) {
    super(sessions);
    this.scope = tenancy.isOn ? ALL_TENANTS : DEFAULT_TENANT;
  }

  protected override tenant(): string {
    return this.scope;
  }
}
