import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemDto } from '../common/errors/problem.js';
import { AppConfig } from '../config/app-config.js';
import { readServiceIdentity } from '../service.js';
import { separateBodies } from './separate-bodies.js';
import { addTenantHeader } from './tenant-header.js';

const DESCRIPTION = [
  'Embeddings and retrieval-augmented generation over REST.',
  'Every error is `application/problem+json`; every response carries `x-request-id`.',
  'Unknown fields are ignored, and an optional field that is `null` counts as absent.',
].join(' ');

/** The OpenAPI document, made from the controllers and their DTOs. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('ML Service')
    .setDescription(DESCRIPTION)
    .setVersion(readServiceIdentity().version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'bearer')
    .addApiKey({ type: 'apiKey', name: 'X-API-Key', in: 'header' }, 'api-key')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('api-key')
    .build();
  const document = separateBodies(SwaggerModule.createDocument(app, options, { extraModels: [ProblemDto] }));
  return app.get(AppConfig).tenancy.isOn ? addTenantHeader(document) : document;
}
