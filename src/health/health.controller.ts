import { Controller, Get, UseFilters } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { DependencyStateDto, LivenessDto, ReadinessDto } from './health.dto.js';
import { HealthService } from './health.service.js';
import { ReadinessFilter } from './readiness.filter.js';

@ApiTags('health')
@ApiExtraModels(DependencyStateDto)
@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('health')
  @Endpoint({
    summary: 'Whether the process lives; touches no dependency',
    response: LivenessDto,
    isOpen: true,
  })
  live(): LivenessDto {
    return this.health.live();
  }

  @Get('ready')
  @UseFilters(ReadinessFilter)
  @ApiResponse({
    status: 503,
    description: 'A required dependency is down, or the service is shutting down',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ReadinessDto) } },
    },
  })
  @Endpoint({ summary: 'Whether the service can take requests', response: ReadinessDto, isOpen: true })
  ready(): Promise<ReadinessDto> {
    return this.health.ready();
  }
}
