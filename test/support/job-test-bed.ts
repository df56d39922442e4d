import type { EnvironmentVariables } from '../../src/config/load-config.js';
import type { Database } from '../../src/core/database/database.js';
import type { Job } from '../../src/core/jobs/job.js';
import { JobReplica } from './job-replica.js';
import { type OpenDatabase, openDatabase } from './open-database.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** A database, and replicas that share its jobs. */
export class JobTestBed {
  private replicas: JobReplica[] = [];

  private constructor(
    private readonly opened: OpenDatabase,
    private readonly home: TestDatabase,
  ) {}

  static async open(): Promise<JobTestBed> {
    const home = await createTestDatabase();
    return new JobTestBed(await openDatabase(home.variables), home);
  }

  get database(): Database {
    return this.opened.database;
  }

  async close(): Promise<void> {
    await this.opened.close();
    await this.home.remove();
  }

  /** Ends all replicas and empties the tables. */
  async clear(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.stop()));
    this.replicas = [];
    await this.database.query('delete from jobs');
    await this.database.query('delete from job_files');
  }

  /** One that has begun before what the test is about, and so has nothing to take over. */
  async replica(variables: EnvironmentVariables = {}): Promise<JobReplica> {
    const replica = new JobReplica(this.opened, {
      ...this.home.variables,
      JOB_LEASE_SECONDS: '2',
      SHUTDOWN_TIMEOUT_MS: '100',
      ...variables,
    });
    this.replicas.push(replica);
    await replica.housekeeping.round();
    return replica;
  }

  async attempts(id: string): Promise<number> {
    const [row] = await this.database.query<{ attempts: number }>('select attempts from jobs where id = $1', [
      id,
    ]);
    return Number(row?.attempts);
  }

  async countFiles(): Promise<number> {
    return (await this.database.query('select from job_files')).length;
  }
}

/** Waits for the end of a job. */
export async function untilEnded({ watch, jobs }: JobReplica, id: string): Promise<Job> {
  const snapshots = watch.follow(id, AbortSignal.timeout(20_000));
  while (!(await snapshots.next()).done);
  const job = await jobs.find(id);
  if (job === null) throw new Error('The job is gone.');
  return job;
}

/** A file as it comes in. */
export async function* content(...chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}
