import { ApiProperty } from '@nestjs/swagger';
import { type Method, METHODS } from '../history/outcome.js';

export class BaselineDto {
  @ApiProperty({ description: 'Outcomes whose hours could be compared.', type: 'integer', example: 39 })
  hours_count!: number;

  @ApiProperty({ description: 'In hours.', type: 'number', nullable: true, example: 4.1 })
  mean_absolute_error_hours!: number | null;

  @ApiProperty({ description: 'Outcomes whose levels could be compared.', type: 'integer', example: 41 })
  levels_count!: number;

  @ApiProperty({ description: 'In levels.', type: 'number', nullable: true, example: 0.9 })
  mean_absolute_error_levels!: number | null;

  @ApiProperty({
    description: 'Share of outcomes whose level was off by one at most, 0 to 1.',
    type: 'number',
    nullable: true,
    example: 0.8,
  })
  within_one_level_share!: number | null;
}

export class BaselinesDto {
  @ApiProperty({ description: 'The mean of all outcomes before each.', type: BaselineDto })
  mean!: BaselineDto;

  @ApiProperty({ description: 'The median of all outcomes before each.', type: BaselineDto })
  median!: BaselineDto;
}

export class AccuracyDto extends BaselineDto {
  @ApiProperty({ example: 'default' })
  project!: string;

  @ApiProperty({ description: 'Outcomes that had been estimated.', type: 'integer', example: 42 })
  count!: number;

  @ApiProperty({
    description: 'Mean of estimate minus outcome, in hours: above 0 where estimates were too high.',
    type: 'number',
    nullable: true,
    example: -0.6,
  })
  bias_hours!: number | null;

  @ApiProperty({ description: 'The same in levels.', type: 'number', nullable: true, example: -0.1 })
  bias_levels!: number | null;

  @ApiProperty({
    description: 'Share of outcomes within the range of hours that was estimated, 0 to 1; meant to be 0.8.',
    type: 'number',
    nullable: true,
    example: 0.81,
  })
  range_coverage!: number | null;

  @ApiProperty({
    description:
      'What plain averages would have said of the same tasks, each knowing only the outcomes before the one it is ' +
      'asked about, imported ones among them. The very first outcome of a project has none before it.',
    type: BaselinesDto,
  })
  baselines!: BaselinesDto;
}

export class ComplexityHealthDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';

  @ApiProperty({ example: 'complexity' })
  service!: string;

  @ApiProperty({ description: 'The best evidence that any estimate can be based on.', enum: METHODS })
  method!: Method;

  @ApiProperty({ description: 'Outcomes of all projects.', type: 'integer', example: 500 })
  history_size!: number;
}
