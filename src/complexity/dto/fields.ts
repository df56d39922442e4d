import { applyDecorators } from '@nestjs/common';
import { isISO8601, ValidateBy } from 'class-validator';
import { IntegerParameter, TextField } from '../../common/validation/field.decorators.js';

export const DEFAULT_PROJECT = 'default';

export function ProjectField(options: { readonly optional: 'default' | 'yes' | 'no' }): PropertyDecorator {
  return TextField({
    description: 'Project that the task belongs to; each has a history of its own.',
    maxLength: 128,
    example: DEFAULT_PROJECT,
    ...(options.optional === 'default' && { default: DEFAULT_PROJECT }),
    optional: options.optional === 'yes',
  });
}

const MOMENT = {
  expression:
    /^(?:19|20|21)\d{2}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/u,
  message: 'must be a date or a time as in ISO 8601, e.g. 2026-01-31T09:30:00Z',
};

/** A date or a time, UTC where it names no zone; `parseMoment` reads it. */
export function MomentField(options: { readonly description: string; readonly example: string }) {
  return applyDecorators(
    TextField({ ...options, maxLength: 40, pattern: MOMENT, optional: true }),
    ValidateBy(
      {
        name: 'matches',
        validator: {
          validate: (value) =>
            isISO8601(value, { strict: true }) && !Number.isNaN(parseMoment(String(value)).getTime()),
        },
      },
      { message: MOMENT.message },
    ),
  );
}

export function parseMoment(text: string): Date {
  const iso = text.replace(' ', 'T');
  const hasZone = !iso.includes('T') || /(?:Z|[+-]\d{2}:\d{2})$/u.test(iso);
  return new Date(hasZone ? iso : `${iso}Z`);
}

export class ProjectDto {
  @ProjectField({ optional: 'default' })
  project: string = DEFAULT_PROJECT;
}

/** Whoever deletes says what. */
export class NamedProjectDto {
  @ProjectField({ optional: 'no' })
  project!: string;
}

export class ProjectPageDto extends ProjectDto {
  @IntegerParameter({ description: 'Most items to return.', min: 1, max: 1000, default: 100 })
  limit = 100;

  @IntegerParameter({ description: 'Items to skip.', min: 0, max: 1_000_000_000, default: 0 })
  offset = 0;
}
