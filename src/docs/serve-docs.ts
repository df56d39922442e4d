import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { Express } from 'express';
import { createOpenApiDocument } from './openapi-document.js';
import { REDOC_PAGE, redocBundlePath } from './redoc.js';

/** `/docs` (Swagger UI), `/redoc` and `/openapi.json`, all from files of our own: they work with no internet. */
export function serveDocs(app: NestExpressApplication): void {
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: '',
    raw: ['json'],
    customSiteTitle: 'ML Service',
  });
  const http: Express = app.getHttpAdapter().getInstance();
  http.get('/redoc', (_request, response) => {
    response.type('html').send(REDOC_PAGE);
  });
  http.get('/redoc/redoc.standalone.js', (_request, response) => {
    response.sendFile(redocBundlePath());
  });
}
