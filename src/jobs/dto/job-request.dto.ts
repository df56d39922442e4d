import { ChoiceField, IntegerParameter, TextField } from '../../common/validation/field.decorators.js';
import { JOB_STATES, type JobState } from '../../core/jobs/job.js';

export class JobPathDto {
  @TextField({
    description: 'Id of the job.',
    maxLength: 64,
    example: 'f7a2c1d0-6a55-4c0e-9a52-4a6f8f0b7c11',
  })
  id!: string;
}

export class JobListQueryDto {
  @TextField({
    description: 'Only jobs that do this.',
    maxLength: 64,
    pattern: {
      expression: /^[a-z][a-z._-]*$/u,
      message: 'must be lower case letters, with ".", "_" or "-" between',
    },
    optional: true,
    example: 'rag.index',
  })
  kind?: string;

  @ChoiceField({ description: 'Only jobs in this state.', choices: JOB_STATES, optional: true })
  state?: JobState;

  @IntegerParameter({ description: 'Most items to return.', min: 1, max: 1000, default: 100 })
  limit = 100;

  @IntegerParameter({ description: 'Items to skip.', min: 0, max: 1_000_000_000, default: 0 })
  offset = 0;
}
