import ffmpeg, { type FfmpegCommand } from 'fluent-ffmpeg';
import { type Container, FORMAT_WHITELIST } from './demuxers.js';

const MEBIBYTE = 1024 * 1024;

/** How much of a file may be looked at to find out what is in it. */
const PROBE_BYTES = 8 * MEBIBYTE;
const PROBE_MICROSECONDS = 30_000_000;
/** Largest single piece of memory that a file may make ffmpeg ask for. */
const MAX_ALLOCATION_BYTES = 256 * MEBIBYTE;

/** A file of ours that holds a recording. */
export interface MediaFile extends Container {
  readonly path: string;
}

/**
 * What comes before the name of every input. ffmpeg may read this one file, in one of the containers that hold their
 * audio themselves, and nothing else: no address, no other file, no pipe.
 */
export function inputParameters({ demuxer }: Container): string[] {
  return [
    ...['-hide_banner', '-v', 'error'],
    ...['-protocol_whitelist', 'file'],
    ...['-format_whitelist', FORMAT_WHITELIST],
    ...['-max_alloc', String(MAX_ALLOCATION_BYTES)],
    ...['-probesize', String(PROBE_BYTES)],
    ...['-analyzeduration', String(PROBE_MICROSECONDS)],
    ...(demuxer === null ? [] : ['-f', demuxer]),
  ];
}

export interface FfmpegProgram {
  readonly ffmpegPath: string;
  /** Longest stretch that is read, in seconds. */
  readonly maxSeconds: number;
}

/** A command that reads the first audio stream of a file. What becomes of it is up to the caller. */
export function readAudio(
  file: MediaFile,
  { ffmpegPath, maxSeconds }: FfmpegProgram,
  outputParameters: readonly string[],
): FfmpegCommand {
  return ffmpeg({ stdoutLines: 20 })
    .setFfmpegPath(ffmpegPath)
    .input(file.path)
    .inputOptions(...['-nostdin', ...inputParameters(file), '-stats', '-threads', '1'])
    .outputOptions(
      ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-threads', '1', '-t', String(maxSeconds)],
      ...outputParameters,
    );
}
