import { Global, Module } from '@nestjs/common';
import { Authentication } from '../auth/authentication.js';
import { Drain } from './drain.js';
import { UploadDirectory } from './uploads/upload-directory.js';
import { UploadReceiver } from './uploads/upload-receiver.js';

@Global()
@Module({
  providers: [Authentication, Drain, UploadDirectory, UploadReceiver],
  exports: [Authentication, Drain, UploadReceiver],
})
export class HttpModule {}
