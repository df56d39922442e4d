import { describeSettings, type SettingDescription } from './setting.decorators.js';
import { AnalysisSettings } from './settings/analysis.settings.js';
import { CacheSettings } from './settings/cache.settings.js';
import { ComplexitySettings } from './settings/complexity.settings.js';
import { DatabaseSettings } from './settings/database.settings.js';
import { EmbeddingSettings } from './settings/embedding.settings.js';
import { FileReadingSettings } from './settings/file-reading.settings.js';
import { JobSettings } from './settings/jobs.settings.js';
import { LimitSettings } from './settings/limits.settings.js';
import { LlmSettings } from './settings/llm.settings.js';
import { MediaSettings } from './settings/media.settings.js';
import { ProviderSettings } from './settings/provider.settings.js';
import { RetrievalSettings } from './settings/retrieval.settings.js';
import { SecuritySettings } from './settings/security.settings.js';
import { ServerSettings } from './settings/server.settings.js';
import { TenancySettings } from './settings/tenancy.settings.js';
import { TracingSettings } from './settings/tracing.settings.js';
import { TranscriptionSettings } from './settings/transcription.settings.js';
import { UploadSettings } from './settings/upload.settings.js';
import { VectorStoreSettings } from './settings/vector-store.settings.js';

/** Every group of environment variables that the service reads, in the order of their documentation. */
export const SETTING_GROUPS = {
  server: ServerSettings,
  upload: UploadSettings,
  security: SecuritySettings,
  tenancy: TenancySettings,
  limits: LimitSettings,
  fileReading: FileReadingSettings,
  database: DatabaseSettings,
  vectorStore: VectorStoreSettings,
  cache: CacheSettings,
  provider: ProviderSettings,
  llm: LlmSettings,
  embedding: EmbeddingSettings,
  retrieval: RetrievalSettings,
  tracing: TracingSettings,
  complexity: ComplexitySettings,
  jobs: JobSettings,
  analysis: AnalysisSettings,
  media: MediaSettings,
  transcription: TranscriptionSettings,
} as const;

/** The variables' values, checked, by group. */
export type Environment = {
  readonly [Group in keyof typeof SETTING_GROUPS]: InstanceType<(typeof SETTING_GROUPS)[Group]>;
};

/** Every environment variable that the service reads. */
export function describeEnvironment(): SettingDescription[] {
  return Object.values(SETTING_GROUPS).flatMap((group) => describeSettings(group));
}
