import { Injectable } from '@nestjs/common';
import { AllTenantsDatabase } from '../database/all-tenants-database.js';
import type { JobState } from './job.js';

export interface JobCount {
  readonly kind: string;
  readonly state: JobState;
  readonly count: number;
}

/** How many jobs there are, of all tenants together, the ended ones that are still kept included. */
@Injectable()
export class JobCounts {
  constructor(private readonly database: AllTenantsDatabase) {}

  read(): Promise<JobCount[]> {
    return this.database.query('select kind, state, count(*)::int as count from jobs group by kind, state');
  }
}
