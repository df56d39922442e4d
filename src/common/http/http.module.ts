import { Global, Module } from '@nestjs/common';
import { Authentication } from '../auth/authentication.js';
import { RequestLog } from '../logging/request-log.js';
import { HttpMetrics } from '../metrics/http-metrics.js';
import { Metrics } from '../metrics/metrics.js';
import { Tenancy } from '../tenancy/tenancy.js';
import { Tracing } from '../tracing/tracing.js';
import { Drain } from './drain.js';
import { LoadShedding } from './shedding/load-shedding.js';
import { UploadDirectory } from './uploads/upload-directory.js';
import { UploadReceiver } from './uploads/upload-receiver.js';

/** What the front door is made of, and every capability may use. */
const PROVIDERS = [
  Authentication,
  Drain,
  HttpMetrics,
  LoadShedding,
  Metrics,
  RequestLog,
  Tenancy,
  Tracing,
  UploadDirectory,
  UploadReceiver,
];

@Global()
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class HttpModule {}
