import { path as developmentFfmpeg } from '@ffmpeg-installer/ffmpeg';
import { path as developmentFfprobe } from '@ffprobe-installer/ffprobe';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';

/** Settings for ffmpeg: the system's where there is one, as in production; otherwise the old one from npm. */
export function mediaVariables(): Record<string, string> {
  const isInstalled = ['ffmpeg', 'ffprobe'].every((name) => spawnSync(name, ['-version']).status === 0);
  if (isInstalled) return {};
  for (const path of [developmentFfmpeg, developmentFfprobe]) {
    // npm runs no install scripts here, which would have done this.
    chmodSync(path, 0o755);
  }
  return { FFMPEG_PATH: developmentFfmpeg, FFPROBE_PATH: developmentFfprobe };
}

/** Runs ffmpeg, for tests that need a recording of some kind. @returns what it writes to its output */
export function runFfmpegTool(...parameters: readonly string[]): Buffer {
  const { FFMPEG_PATH: path = 'ffmpeg' } = mediaVariables();
  return execFileSync(path, ['-hide_banner', '-v', 'error', '-y', ...parameters], {
    maxBuffer: 1024 ** 3,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
