import { IntegerSetting, TextSetting } from '../setting.decorators.js';

/** How audio and video are read and converted. */
export class MediaSettings {
  @TextSetting({
    group: 'Media',
    default: 'ffmpeg',
    description: 'The `ffmpeg` program: a path, or a name that is looked for on `PATH`.',
  })
  FFMPEG_PATH = 'ffmpeg';

  @TextSetting({
    group: 'Media',
    default: 'ffprobe',
    description: 'The `ffprobe` program, which comes with `ffmpeg`.',
  })
  FFPROBE_PATH = 'ffprobe';

  @IntegerSetting({
    group: 'Media',
    default: 2,
    min: 1,
    max: 256,
    unit: 'recordings',
    description: 'How many recordings are read or converted at the same time, each by a process of its own.',
  })
  MEDIA_CONCURRENCY = 2;

  @IntegerSetting({
    group: 'Media',
    default: 100,
    min: 0,
    max: 10_000,
    unit: 'recordings',
    description: 'How many more may wait for their turn; further ones are answered with 429.',
  })
  MEDIA_MAX_WAITING = 100;

  @IntegerSetting({
    group: 'Media',
    default: 600_000,
    min: 100,
    max: 3_600_000,
    unit: 'ms',
    description: 'Longest time that reading or converting one recording may take.',
  })
  MEDIA_TIMEOUT_MS = 600_000;

  @IntegerSetting({
    group: 'Media',
    default: 14_400,
    min: 1,
    max: 86_400,
    unit: 's',
    description: 'Longest recording that is accepted.',
  })
  MEDIA_MAX_SECONDS = 14_400;
}

export interface MediaConfig {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly concurrency: number;
  readonly maxWaiting: number;
  readonly timeoutMs: number;
  readonly maxSeconds: number;
}

export function mediaConfig(settings: MediaSettings): MediaConfig {
  return {
    ffmpegPath: settings.FFMPEG_PATH,
    ffprobePath: settings.FFPROBE_PATH,
    concurrency: settings.MEDIA_CONCURRENCY,
    maxWaiting: settings.MEDIA_MAX_WAITING,
    timeoutMs: settings.MEDIA_TIMEOUT_MS,
    maxSeconds: settings.MEDIA_MAX_SECONDS,
  };
}
