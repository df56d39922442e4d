import { Controller, Get, Post } from '@nestjs/common';
import { handlerRoots } from './handler-roots.js';

describe('handlerRoots', () => {
  @Controller('things')
  class ThingsController {
    @Get()
    list(): void {}

    @Post('search')
    search(): void {}

    @Get('shelf/:name/thing/:id')
    one(): void {}

    @Get(['first', 'last'])
    atAnEnd(): void {}

    notAHandler(): void {}
  }

  it('gives where requests for its handlers begin', () => {
    expect(handlerRoots(ThingsController, 'api/v1')).toEqual([
      '/api/v1/things/',
      '/api/v1/things/search/',
      '/api/v1/things/shelf/',
      '/api/v1/things/first/',
      '/api/v1/things/last/',
    ]);
  });

  it('takes nothing for a prefix', () => {
    expect(handlerRoots(ThingsController, '')[1]).toBe('/things/search/');
  });
});
