import { Controller, Get, UseFilters } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { DependencyStateDto, LivenessDto, ReadinessDto } from './health.dto.js';
import { HealthService } from './health.service.js';
import { ReadinessFilter } from './readiness.filter.js';

@ApiTags('health')
@ApiExtraModels(DependencyStateDto)
@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('health')
  @ApiOperation({ summary: 'Whether the process lives; touches no dependency' })
  @ApiOkResponse({ type: LivenessDto })
  live(): LivenessDto {
    return this.health.live();
  }

  @Get('ready')
  @UseFilters(ReadinessFilter)
  @ApiOperation({ summary: 'Whether the service can take requests' })
  @ApiOkResponse({ type: ReadinessDto })
  @ApiServiceUnavailableResponse({
    type: ReadinessDto,
    description: 'A required dependency is down, or the service is shutting down',
  })
  ready(): Promise<ReadinessDto> {
    return this.health.ready();
  }
}
