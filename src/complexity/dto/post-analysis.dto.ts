import { ApiProperty } from '@nestjs/swagger';
import { IntegerField, NumberField, TextField } from '../../common/validation/field.decorators.js';
import { ProjectField } from './fields.js';
import { DescriptionField, MAX_DESCRIPTION_LENGTH, TitleField } from './task.dto.js';

const MOST_LINES = 100_000_000;
const MOST_HOURS = 1_000_000;

/** A change that completed a task. */
export class PostAnalyzeDto {
  @IntegerField({ description: 'Lines that it added.', min: 0, max: MOST_LINES, example: 170 })
  lines_added!: number;

  @IntegerField({ description: 'Lines that it removed.', min: 0, max: MOST_LINES, example: 30 })
  lines_removed!: number;

  @IntegerField({ description: 'Files that it changed.', min: 0, max: 1_000_000, example: 6 })
  files_changed!: number;

  @IntegerField({ description: 'Commits that it consists of.', min: 0, max: 1_000_000, example: 4 })
  commits!: number;

  @NumberField({
    description: 'Hours from its opening to its merge.',
    min: 0,
    max: MOST_HOURS,
    optional: true,
    example: 20,
  })
  time_to_merge_hours?: number;

  @IntegerField({
    description: 'Comments in its review.',
    min: 0,
    max: 1_000_000,
    optional: true,
    example: 5,
  })
  review_comments?: number;

  @TextField({
    description: 'Description of the change; it stands for the text of a task that is otherwise unknown.',
    maxLength: MAX_DESCRIPTION_LENGTH,
    allowBlank: true,
    optional: true,
    example: 'Pages the order list on the server.',
  })
  pr_description?: string;

  @TextField({
    description:
      'Id of the estimate that this is the outcome of. The outcome belongs to its project, and a second one replaces ' +
      'the first. `pre_*` fields are then not looked at.',
    maxLength: 64,
    optional: true,
  })
  estimate_id?: string;

  @IntegerField({
    description: 'Level that had been estimated, where there is no `estimate_id`.',
    min: 1,
    max: 5,
    optional: true,
    example: 2,
  })
  pre_complexity_score?: number;

  @NumberField({
    description: 'Hours that had been estimated; 0 counts as unknown.',
    min: 0,
    max: MOST_HOURS,
    optional: true,
    example: 4,
  })
  pre_estimated_hours?: number;

  @TextField({
    description:
      'Why that had been estimated. Accepted for the sake of older clients; nothing depends on it.',
    maxLength: MAX_DESCRIPTION_LENGTH,
    allowBlank: true,
    optional: true,
  })
  pre_reasoning?: string;

  @TitleField({ optional: true })
  title?: string;

  @DescriptionField()
  description?: string;

  @NumberField({
    description:
      'Hours that were worked on it; 0 counts as unknown. They decide the level where they are known.',
    min: 0,
    max: 100_000,
    optional: true,
    example: 6.5,
  })
  actual_hours?: number;

  @ProjectField({ optional: 'yes' })
  project?: string;
}

export class DeliveryMetricsDto {
  @ApiProperty({ type: 'integer', example: 170 })
  lines_added!: number;

  @ApiProperty({ type: 'integer', example: 30 })
  lines_removed!: number;

  @ApiProperty({ description: 'Added and removed.', type: 'integer', example: 200 })
  lines_changed!: number;

  @ApiProperty({ type: 'integer', example: 6 })
  files_changed!: number;

  @ApiProperty({ type: 'integer', example: 4 })
  commits!: number;

  @ApiProperty({ type: 'number', example: 20 })
  time_to_merge_hours!: number;

  @ApiProperty({ type: 'integer', example: 5 })
  review_comments!: number;

  @ApiProperty({
    description: 'Level that the change looks like, 1 to 5, not rounded.',
    type: 'number',
    example: 3.2,
  })
  level!: number;
}

export class PostAnalysisDto {
  @ApiProperty({ description: 'Id of the outcome in the history of its project.', example: 'SHOP-41' })
  outcome_id!: string;

  @ApiProperty({ example: 'default' })
  project!: string;

  @ApiProperty({
    description: '1 to 5: the level of the hours where they are known, else what the change looks like.',
    type: 'integer',
    example: 3,
  })
  actual_complexity!: number;

  @ApiProperty({ example: 'Moderate' })
  complexity_name!: string;

  @ApiProperty({ description: 'Points of the level, before the adjustment.', type: 'integer', example: 20 })
  actual_points!: number;

  @ApiProperty({ type: DeliveryMetricsDto })
  metrics!: DeliveryMetricsDto;

  @ApiProperty({
    description: 'How good the estimate was, 0 to 100; null where there was none.',
    type: 'number',
    nullable: true,
    example: 87.5,
  })
  accuracy_score!: number | null;

  @ApiProperty({
    description: 'Factor for the points by the deviation from the estimate; 1 where there was none.',
    type: 'number',
    example: 1.15,
  })
  point_adjustment!: number;

  @ApiProperty({ example: 'Harder than estimated by 1 level: 15 % more points.' })
  adjustment_reason!: string;

  @ApiProperty({ example: '200 lines in 6 files and 4 commits look like Moderate work.' })
  analysis!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;
}
