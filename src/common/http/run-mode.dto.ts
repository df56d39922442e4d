import { BooleanParameter } from '../validation/field.decorators.js';

/** Whether to wait for the answer. */
export class RunModeDto {
  @BooleanParameter({
    description:
      'Whether to answer 202 at once and do the work as a job, to be followed at `/api/v1/jobs/{id}`.',
    default: false,
  })
  async = false;
}
