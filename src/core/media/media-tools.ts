import { Injectable } from '@nestjs/common';
import { NotConfiguredError } from '../../common/errors/not-configured.error.js';
import { AppConfig } from '../../config/app-config.js';
import { runProgram } from './run-program.js';

const CHECK_MS = 5000;
/** How long what was found out stays true. */
const FRESH_MS = 300_000;
const MISSING_FRESH_MS = 5000;
const VERSION = /^\w+ version (\S{1,100})/u;

export interface ToolVersions {
  /** Null where there is no such program. */
  readonly ffmpeg: string | null;
  readonly ffprobe: string | null;
}

/** The programs that read and convert media, and whether they are there. */
@Injectable()
export class MediaTools {
  private checked: { until: number; readonly versions: Promise<ToolVersions> } | null = null;

  constructor(private readonly config: AppConfig) {}

  versions(): Promise<ToolVersions> {
    if (this.checked === null || performance.now() > this.checked.until) {
      const checked = { until: performance.now() + FRESH_MS, versions: this.check() };
      this.checked = checked;
      void checked.versions.then(({ ffmpeg, ffprobe }) => {
        // Somebody may be installing it.
        if (ffmpeg === null || ffprobe === null) checked.until = performance.now() + MISSING_FRESH_MS;
      });
    }
    return this.checked.versions;
  }

  /** @throws NotConfiguredError that says what to install */
  async require(): Promise<void> {
    const { ffmpeg, ffprobe } = await this.versions();
    if (ffmpeg !== null && ffprobe !== null) return;
    throw new NotConfiguredError(
      'Audio needs ffmpeg, which is not there: install it (for example `apt-get install ffmpeg`), ' +
        'or set FFMPEG_PATH and FFPROBE_PATH.',
    );
  }

  private async check(): Promise<ToolVersions> {
    const { ffmpegPath, ffprobePath } = this.config.media;
    const [ffmpeg, ffprobe] = await Promise.all([versionOf(ffmpegPath), versionOf(ffprobePath)]);
    return { ffmpeg, ffprobe };
  }
}

async function versionOf(path: string): Promise<string | null> {
  try {
    const { output } = await runProgram(path, ['-version'], AbortSignal.timeout(CHECK_MS));
    return VERSION.exec(output)?.[1] ?? null;
  } catch {
    return null;
  }
}
