import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { AdjustmentDto, CalculateAdjustmentDto, ScaleDto } from './dto/scale.dto.js';
import { ScaleService } from './scale.service.js';

/** What needs no history, and so no database. */
@ApiTags('complexity')
@Controller('complexity')
export class ScaleController {
  constructor(private readonly scales: ScaleService) {}

  @Get('scale')
  @Endpoint({ summary: 'The five levels of complexity', response: ScaleDto })
  scale(): ScaleDto {
    return this.scales.scale();
  }

  @Post('calculate-adjustment')
  @Endpoint({ summary: 'What a deviation from the estimate does to points', response: AdjustmentDto })
  calculateAdjustment(@Body() request: CalculateAdjustmentDto): AdjustmentDto {
    return this.scales.adjustment(request);
  }
}
