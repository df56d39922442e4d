import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';
import { type Method, METHODS } from '../history/outcome.js';

export class HoursRangeDto {
  @ApiProperty({ type: 'number', example: 3 })
  low!: number;

  @ApiProperty({ type: 'number', example: 9 })
  high!: number;
}

export class StoryPointsRangeDto {
  @ApiProperty({ type: 'number', example: 2 })
  low!: number;

  @ApiProperty({ type: 'number', example: 8 })
  high!: number;
}

export class FactorDto {
  @ApiProperty({ example: 'performance' })
  name!: string;

  @ApiProperty({
    description: 'By how many levels it moves the estimate; above 0 it makes the task bigger.',
    type: 'number',
    example: 0.4,
  })
  impact!: number;

  @ApiProperty({ example: '"slow" in the description: speed has to be measured.' })
  explanation!: string;
}

export class SimilarTaskDto {
  @ApiProperty({ example: 'SHOP-41' })
  id!: string;

  @ApiProperty({ example: 'Page the customer list' })
  title!: string;

  @ApiProperty({ description: '0 to 1, higher is more alike.', type: 'number', example: 0.42 })
  similarity!: number;

  @ApiProperty({ type: 'number', nullable: true, example: 6.5 })
  actual_hours!: number | null;

  @ApiProperty({ type: 'number', nullable: true, example: 5 })
  story_points!: number | null;

  @ApiProperty({ description: '1 to 5.', type: 'integer', nullable: true, example: 3 })
  complexity!: number | null;
}

export class EstimateDto {
  @ApiProperty({ description: 'To be sent with the outcome once the task is done.', format: 'uuid' })
  estimate_id!: string;

  @ApiProperty({ description: '1 to 5.', type: 'integer', example: 3 })
  complexity_score!: number;

  @ApiProperty({ example: 'Moderate' })
  complexity_name!: string;

  @ApiProperty({ type: 'number', example: 5.5 })
  estimated_hours!: number;

  @ApiProperty({ description: 'Meant to hold the truth in four cases of five.', type: HoursRangeDto })
  hours_range!: HoursRangeDto;

  @ApiProperty({ description: 'Points of the level.', type: 'integer', example: 20 })
  estimated_points!: number;

  @ApiPropertyOptional({
    description: 'Story points as this project gives them; only where 20 or more past tasks have some.',
    type: 'number',
    example: 5,
  })
  estimated_story_points?: number;

  @ApiPropertyOptional({
    description: 'Meant to hold the truth in four cases of five; beside `estimated_story_points`.',
    type: StoryPointsRangeDto,
  })
  story_points_range?: StoryPointsRangeDto;

  @ApiProperty({ description: 'What the estimate is made of, the most important first.', type: [FactorDto] })
  factors!: FactorDto[];

  @ApiProperty({
    description: 'The most similar past tasks of the project, with what they took.',
    type: [SimilarTaskDto],
  })
  similar_tasks!: SimilarTaskDto[];

  @ApiProperty({ example: 'Learnt from the hours of 120 past tasks of this project.' })
  reasoning!: string;

  @ApiProperty({ description: '0 to 1.', type: 'number', example: 0.55 })
  confidence!: number;

  @ApiProperty({ description: 'The best evidence that there was.', enum: METHODS })
  method!: Method;

  @ApiPropertyOptional({ description: 'What the language model used, where it had a say.', type: UsageDto })
  usage?: UsageDto;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;
}
