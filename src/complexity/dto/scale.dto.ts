import { ApiProperty } from '@nestjs/swagger';
import { IntegerField } from '../../common/validation/field.decorators.js';

export class ScaleLevelDto {
  @ApiProperty({ description: '1 to 5.', type: 'integer', example: 3 })
  level!: number;

  @ApiProperty({ example: 'Moderate' })
  name!: string;

  @ApiProperty({ example: 'A day of work: several parts play together.' })
  description!: string;

  @ApiProperty({ type: 'number', example: 4 })
  hours_min!: number;

  @ApiProperty({ description: 'Where the next level begins.', type: 'number', example: 8 })
  hours_max!: number;

  @ApiProperty({ type: 'integer', example: 20 })
  base_points!: number;

  @ApiProperty({
    description: 'What tasks of this level look like.',
    type: [String],
    example: ['several files'],
  })
  indicators!: string[];
}

export class ScaleDto {
  @ApiProperty({ description: 'From the smallest to the biggest.', type: [ScaleLevelDto] })
  scale!: ScaleLevelDto[];
}

export class CalculateAdjustmentDto {
  @IntegerField({ description: 'Level that was estimated.', min: 1, max: 5, example: 2 })
  pre_level!: number;

  @IntegerField({ description: 'Level that it turned out to be.', min: 1, max: 5, example: 3 })
  actual_level!: number;
}

export class AdjustmentDto {
  @ApiProperty({ description: 'Factor for the points.', type: 'number', example: 1.15 })
  multiplier!: number;

  @ApiProperty({ description: 'The same as percent more or less.', type: 'number', example: 15 })
  bonus_percent!: number;

  @ApiProperty({ example: 'Harder than estimated by 1 level: 15 % more points.' })
  reason!: string;
}
