import { IntegerSetting } from '../setting.decorators.js';

const GIBIBYTE = 1024 ** 3;
const MS_PER_SECOND = 1000;

/** Work that outlives its request. */
export class JobSettings {
  @IntegerSetting({
    group: 'Jobs',
    default: 4,
    min: 0,
    max: 64,
    unit: 'jobs',
    description: 'How many jobs this process runs at the same time; 0 leaves them all to other replicas.',
  })
  JOB_CONCURRENCY = 4;

  @IntegerSetting({
    group: 'Jobs',
    default: 1000,
    min: 1,
    max: 100_000,
    unit: 'jobs',
    description: 'How many jobs may wait, in all replicas together; a further one is answered with 429.',
  })
  JOB_MAX_QUEUED = 1000;

  @IntegerSetting({
    group: 'Jobs',
    default: 24,
    min: 1,
    max: 8760,
    unit: 'hours',
    description: 'How long a job is kept after it has ended.',
  })
  JOB_RETENTION_HOURS = 24;

  @IntegerSetting({
    group: 'Jobs',
    default: 30,
    min: 2,
    max: 600,
    unit: 's',
    description: 'How long a replica may be silent before others take its running jobs over.',
  })
  JOB_LEASE_SECONDS = 30;

  @IntegerSetting({
    group: 'Jobs',
    default: 5,
    min: 1,
    max: 100,
    unit: 'starts',
    description: 'How often a job is started whose process ends under it, before it counts as failed.',
  })
  JOB_MAX_ATTEMPTS = 5;

  @IntegerSetting({
    group: 'Jobs',
    default: GIBIBYTE,
    min: 1024,
    max: 16 * GIBIBYTE,
    unit: 'bytes',
    description: 'Largest file that a job may keep in the database until it ends.',
  })
  JOB_MAX_FILE_BYTES = GIBIBYTE;
}

export interface JobsConfig {
  readonly concurrency: number;
  readonly maxQueued: number;
  readonly retentionHours: number;
  readonly leaseMs: number;
  readonly maxAttempts: number;
  readonly maxFileBytes: number;
}

export function jobsConfig(settings: JobSettings): JobsConfig {
  return {
    concurrency: settings.JOB_CONCURRENCY,
    maxQueued: settings.JOB_MAX_QUEUED,
    retentionHours: settings.JOB_RETENTION_HOURS,
    leaseMs: settings.JOB_LEASE_SECONDS * MS_PER_SECOND,
    maxAttempts: settings.JOB_MAX_ATTEMPTS,
    maxFileBytes: settings.JOB_MAX_FILE_BYTES,
  };
}
