import type { FfmpegCommand } from 'fluent-ffmpeg';
import { Deferred } from '../../common/async/deferred.js';
import { endOnAbort } from './end-process.js';

/** ffmpeg gave up. Its own words quote the file, so they stay here. */
export class FfmpegFailedError extends Error {
  override readonly name = 'FfmpegFailedError';
}

/** What it says, among other things, when it can't write any more. */
const NO_ROOM = /No space left on device|Disk quota exceeded/u;

/** There was no room for what ffmpeg writes; with the system's own code. */
class NoRoomError extends Error {
  override readonly name = 'NoRoomError';
  readonly code = 'ENOSPC';
}

/**
 * Runs a command whose output is set, until its process has ended.
 * @returns how far into the recording it got, in seconds
 * @throws FfmpegFailedError, an error with the code ENOSPC for a full disk, or the signal's reason once it fires, when the process is gone
 */
export async function runFfmpeg(command: FfmpegCommand, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const done = new Deferred<undefined>();
  let stopWatching = (): void => undefined;
  // Only once there is a process can it be ended.
  command.on('start', () => {
    stopWatching = endOnAbort((name) => command.kill(name), signal);
  });
  let reached = 0;
  let hasRoom = true;
  // Whoever listens for `progress` makes the library look into the file by itself, without our bounds.
  command.on('stderr', (line: string) => {
    reached = secondsOf(line) ?? reached;
    hasRoom &&= !NO_ROOM.test(line);
  });
  command.on('end', () => {
    done.resolve(undefined);
  });
  command.on('error', (error: Error) => {
    const options = { cause: error };
    done.reject(
      hasRoom
        ? new FfmpegFailedError('ffmpeg gave up', options)
        : new NoRoomError('The disk is full', options),
    );
  });
  try {
    command.run();
    await done.promise;
  } finally {
    stopWatching();
    // Being killed looks like a failure, or, when it is late, like success.
    signal.throwIfAborted();
  }
  return reached;
}

/** What a line says of the time that was reached, if it does. */
function secondsOf(line: string): number | null {
  const [, hours, minutes, seconds] = /^size=.* time=(\d+):(\d+):([\d.]+) /u.exec(line) ?? [];
  return seconds === undefined ? null : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
