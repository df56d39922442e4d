import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** What the model calls behind an answer consumed. Nothing, where the answer came from the cache. */
export class UsageDto {
  @ApiProperty({ description: 'Tokens sent to models.', type: 'integer', example: 12 })
  prompt_tokens!: number;

  @ApiPropertyOptional({ description: 'Tokens written by models.', type: 'integer' })
  completion_tokens?: number;

  @ApiProperty({ type: 'integer', example: 12 })
  total_tokens!: number;

  @ApiProperty({
    description: 'US dollars; null where the price is unknown.',
    type: 'number',
    nullable: true,
    example: 0,
  })
  cost_usd!: number | null;
}
