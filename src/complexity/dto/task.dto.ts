import { ChoiceField, TextField, TextListField } from '../../common/validation/field.decorators.js';
import { ISSUE_TYPES, type IssueType } from '../estimation/task.js';
import { ProjectDto } from './fields.js';

export const MAX_DESCRIPTION_LENGTH = 100_000;

export function TitleField({ optional }: { readonly optional: boolean }): PropertyDecorator {
  return TextField({
    description: 'What the task is, in a line.',
    maxLength: 2000,
    optional,
    example: 'Add pagination to the order list',
  });
}

export function DescriptionField(): PropertyDecorator {
  return TextField({
    description: 'All that is known about it.',
    maxLength: MAX_DESCRIPTION_LENGTH,
    allowBlank: true,
    optional: true,
    example: 'The list is slow with many orders. Page it on the server, 50 orders a page.',
  });
}

export function IssueTypeField(): PropertyDecorator {
  return ChoiceField({
    description: 'Kind of work.',
    choices: ISSUE_TYPES,
    optional: true,
    example: 'enhancement',
  });
}

export function LabelsField(): PropertyDecorator {
  return TextListField({
    description: 'Labels in the tracker.',
    minItems: 0,
    maxItems: 100,
    maxLength: 200,
    optional: true,
    example: ['backend', 'performance'],
  });
}

/** A task to be done. */
export class PreEstimateDto extends ProjectDto {
  @TitleField({ optional: false })
  title!: string;

  @DescriptionField()
  description?: string;

  @IssueTypeField()
  issue_type?: IssueType;

  @LabelsField()
  labels?: string[];

  @TextField({
    description: 'Milestone that it belongs to.',
    maxLength: 500,
    allowBlank: true,
    optional: true,
    example: 'Summer release',
  })
  milestone?: string;

  @TextField({
    description: 'What the project is, and what it is built with.',
    maxLength: 20_000,
    allowBlank: true,
    optional: true,
    example: 'A web shop in TypeScript with PostgreSQL.',
  })
  project_context?: string;

  @TextListField({
    description: 'Files that the task is likely to touch.',
    minItems: 0,
    maxItems: 2000,
    maxLength: 1000,
    optional: true,
    example: ['src/orders/order-list.ts', 'src/orders/order-list.spec.ts'],
  })
  related_files?: string[];
}
