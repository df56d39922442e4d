import { Test } from '@nestjs/testing';
import { AppConfigModule } from '../../config/app-config.module.js';
import { loadConfig } from '../../config/load-config.js';
import { EmbeddingModels } from './embedding-models.js';
import { LlmModule } from './llm.module.js';

describe('LlmModule', () => {
  it('offers the embedding models', async () => {
    const app = await Test.createTestingModule({
      imports: [AppConfigModule.forRoot(loadConfig({})), LlmModule],
    }).compile();
    await app.init();

    const [embedded] = await app.get(EmbeddingModels).default.embed({ texts: ['solar panels'] });
    await app.close();

    expect(embedded!.vector).toHaveLength(384);
  });

  it('does not start with settings that contradict each other', async () => {
    const module = Test.createTestingModule({
      imports: [AppConfigModule.forRoot(loadConfig({ EMBEDDING_DIMENSIONS: '5' })), LlmModule],
    });

    await expect(module.compile()).rejects.toMatchObject({ name: 'ConfigurationError' });
  });
});
