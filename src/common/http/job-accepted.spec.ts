import { Controller, Get, Module, UseInterceptors } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JobAcceptedDto, JobAcceptedInterceptor } from './job-accepted.js';

@Controller()
@UseInterceptors(JobAcceptedInterceptor)
class WorkController {
  @Get('job')
  submit(): JobAcceptedDto {
    return JobAcceptedDto.of('f7a2');
  }

  @Get('result')
  answer(): { readonly text: string } {
    return { text: 'at once' };
  }
}

@Module({ controllers: [WorkController] })
class WorkModule {}

describe('JobAcceptedInterceptor', () => {
  const call = async (path: string): Promise<Response> => {
    const app = await NestFactory.create(WorkModule, { logger: false });
    try {
      await app.listen(0, '127.0.0.1');
      return await fetch(`${await app.getUrl()}${path}`);
    } finally {
      await app.close();
    }
  };

  it('answers 202 with the place of the job', async () => {
    const response = await call('/job');
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe('/api/v1/jobs/f7a2');
    expect(await response.json()).toEqual({ job_id: 'f7a2', status_url: '/api/v1/jobs/f7a2' });
  });

  it('leaves other answers alone', async () => {
    const response = await call('/result');
    expect(response.status).toBe(200);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.json()).toEqual({ text: 'at once' });
  });
});
