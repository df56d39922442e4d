import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { ModelListDto } from './dto/model.dto.js';
import { ModelsService } from './models.service.js';

@ApiTags('models')
@Controller('models')
export class ModelsController {
  constructor(private readonly models: ModelsService) {}

  @Get()
  @Endpoint({ summary: 'The models that the settings make usable', response: ModelListDto })
  list(): ModelListDto {
    return this.models.list();
  }
}
