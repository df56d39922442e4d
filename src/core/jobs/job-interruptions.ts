/** Why the work on a job is stopped, as the reason of its signal. */
export class JobCancelled extends Error {
  override readonly name = 'JobCancelled';
  constructor() {
    super('The job was cancelled.');
  }
}

export class JobSuspended extends Error {
  override readonly name = 'JobSuspended';
  constructor() {
    super('The process is shutting down; the job will go on elsewhere.');
  }
}

export class JobLost extends Error {
  override readonly name = 'JobLost';
  constructor() {
    super('Another process has taken the job over.');
  }
}
