import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Endpoint } from '../common/http/endpoint.decorator.js';
import { Metrics } from '../common/metrics/metrics.js';

const PROMETHEUS_TEXT = 'text/plain; version=0.0.4; charset=utf-8';

@ApiTags('metrics')
@Controller()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get('metrics')
  @Header('Content-Type', PROMETHEUS_TEXT)
  @Endpoint({ summary: 'What the service counts and measures, for Prometheus', otherAnswers: ['text/plain'] })
  read(): Promise<string> {
    return this.metrics.text();
  }
}
