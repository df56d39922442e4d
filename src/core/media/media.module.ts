import { Module } from '@nestjs/common';
import { AudioConverter } from './audio-converter.js';
import { MediaPrograms } from './media-programs.js';
import { MediaQueue } from './media-queue.js';
import { MediaTools } from './media-tools.js';
import { SpeechDecoder } from './speech-decoder.js';
import { WorkFolders } from './work-folders.js';

@Module({
  providers: [AudioConverter, MediaPrograms, MediaQueue, MediaTools, SpeechDecoder, WorkFolders],
  exports: [AudioConverter, MediaQueue, MediaTools, SpeechDecoder, WorkFolders],
})
export class MediaModule {}
