import { ApiProperty } from '@nestjs/swagger';
import {
  IntegerField,
  LongObjectListField,
  NumberField,
  TextField,
} from '../../common/validation/field.decorators.js';
import { ISSUE_TYPES, type IssueType } from '../estimation/task.js';
import { MomentField, ProjectDto } from './fields.js';
import { DescriptionField, IssueTypeField, LabelsField, TitleField } from './task.dto.js';

export class PastTaskDto {
  @TextField({
    description: 'Id of the task, unique in its project; sending it again replaces it.',
    maxLength: 256,
    example: 'SHOP-41',
  })
  id!: string;

  @TitleField({ optional: false })
  title!: string;

  @DescriptionField()
  description?: string;

  @IssueTypeField()
  issue_type?: IssueType;

  @LabelsField()
  labels?: string[];

  @NumberField({
    description: 'Hours that were worked on it; 0 counts as unknown.',
    min: 0,
    max: 100_000,
    optional: true,
    example: 6.5,
  })
  actual_hours?: number;

  @NumberField({ description: 'Its story points.', min: 0, max: 10_000, optional: true, example: 5 })
  story_points?: number;

  @IntegerField({ description: 'Its level, 1 to 5.', min: 1, max: 5, optional: true, example: 3 })
  complexity?: number;

  @MomentField({
    description:
      'When it was completed: a date or a time, UTC where it names no zone. Recent tasks weigh more. When absent, ' +
      'now, and the list counts as ordered, oldest first.',
    example: '2026-01-31T09:30:00Z',
  })
  completed_at?: string;
}

export class ImportHistoryDto extends ProjectDto {
  @LongObjectListField(() => PastTaskDto, {
    description: 'Tasks that are done.',
    minItems: 1,
    maxItems: 5000,
  })
  tasks!: unknown[];
}

export class HistoryImportedDto {
  @ApiProperty({ example: 'default' })
  project!: string;

  @ApiProperty({ description: 'Tasks that are new.', type: 'integer', example: 480 })
  imported!: number;

  @ApiProperty({ description: 'Tasks that replaced those with their ids.', type: 'integer', example: 20 })
  updated!: number;
}

export class KeptTaskDto {
  @ApiProperty({ example: 'SHOP-41' })
  id!: string;

  @ApiProperty({ example: 'Add pagination to the order list' })
  title!: string;

  @ApiProperty({ description: 'Its first 4,000 characters.', example: 'The list is slow with many orders.' })
  description!: string;

  @ApiProperty({ enum: ISSUE_TYPES, nullable: true, type: 'string' })
  issue_type!: IssueType | null;

  @ApiProperty({ type: [String], example: ['backend'] })
  labels!: string[];

  @ApiProperty({ type: 'number', nullable: true, example: 6.5 })
  actual_hours!: number | null;

  @ApiProperty({ type: 'number', nullable: true, example: 5 })
  story_points!: number | null;

  @ApiProperty({ description: '1 to 5.', type: 'integer', nullable: true, example: 3 })
  complexity!: number | null;

  @ApiProperty({ type: 'string', format: 'date-time' })
  completed_at!: string;

  @ApiProperty({
    description: 'Level that had been estimated, 1 to 5; null where none had.',
    type: 'integer',
    nullable: true,
    example: 3,
  })
  estimated_complexity!: number | null;

  @ApiProperty({
    description: 'Hours that had been estimated.',
    type: 'number',
    nullable: true,
    example: 5.5,
  })
  estimated_hours!: number | null;
}

export class HistoryListDto {
  @ApiProperty({ example: 'default' })
  project!: string;

  @ApiProperty({ description: 'The most recently completed first.', type: [KeptTaskDto] })
  tasks!: KeptTaskDto[];

  @ApiProperty({ description: 'How many there are on all pages.', type: 'integer', example: 500 })
  total!: number;
}

export class HistoryDeletedDto {
  @ApiProperty({ example: 'default' })
  project!: string;

  @ApiProperty({ description: 'Tasks that were in the history.', type: 'integer', example: 500 })
  deleted!: number;
}
