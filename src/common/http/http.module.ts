import { Global, Module } from '@nestjs/common';
import { Drain } from './drain.js';
import { UploadDirectory } from './uploads/upload-directory.js';
import { UploadReceiver } from './uploads/upload-receiver.js';

@Global()
@Module({ providers: [Drain, UploadDirectory, UploadReceiver], exports: [Drain, UploadReceiver] })
export class HttpModule {}
