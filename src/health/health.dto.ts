import { ApiProperty } from '@nestjs/swagger';

export class LivenessDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';

  @ApiProperty({ example: 'ml-service' })
  service!: string;

  @ApiProperty({ example: '1.0.0' })
  version!: string;

  @ApiProperty({ description: 'Seconds since the process started.', type: 'number', example: 12.3 })
  uptime_seconds!: number;
}

export class DependencyStateDto {
  @ApiProperty({ enum: ['up', 'degraded', 'down', 'not_configured'] })
  status!: 'up' | 'degraded' | 'down' | 'not_configured';
}

const STATES = {
  type: 'object',
  additionalProperties: { $ref: '#/components/schemas/DependencyStateDto' },
  example: { database: { status: 'up' } },
} as const;

export class ReadinessDto {
  @ApiProperty({ enum: ['ok', 'error', 'shutting_down'] })
  status!: 'ok' | 'error' | 'shutting_down';

  @ApiProperty({ description: 'The dependencies that are not down.', ...STATES })
  info!: Record<string, DependencyStateDto>;

  @ApiProperty({ description: 'The required dependencies that are down.', ...STATES })
  error!: Record<string, DependencyStateDto>;

  @ApiProperty({ description: 'All of them. Only `database` and `vector_store` are required.', ...STATES })
  details!: Record<string, DependencyStateDto>;
}
