import ffmpeg from 'fluent-ffmpeg';
import { mediaVariables } from '../../../test/support/ffmpeg.js';
import { errorCode } from '../../common/errors/error-code.js';
import { FfmpegFailedError, runFfmpeg } from './run-ffmpeg.js';

describe('runFfmpeg', () => {
  const { FFMPEG_PATH: path = 'ffmpeg' } = mediaVariables();
  /** Makes a tone of so many seconds. */
  const command = (seconds: number, output: string) =>
    ffmpeg({ stdoutLines: 20 })
      .setFfmpegPath(path)
      .input(`sine=d=${seconds}`)
      .inputOptions('-hide_banner', '-v', 'error', '-stats', '-f', 'lavfi')
      .outputOptions('-f', 's16le')
      .output(output);
  const failure = (run: Promise<unknown>) => run.catch((error: unknown) => error);

  it('says how far it got', async () => {
    expect(await runFfmpeg(command(3, '/dev/null'), new AbortController().signal)).toBeCloseTo(3, 1);
  });

  it('tells a full disk from a recording that is none', async () => {
    const { signal } = new AbortController();
    const full = await failure(runFfmpeg(command(10, '/dev/full'), signal));
    expect(errorCode(full)).toBe('ENOSPC');
    const none = await failure(runFfmpeg(command(-1, '/dev/null').outputOptions('-bogus', '1'), signal));
    expect(none).toBeInstanceOf(FfmpegFailedError);
  });

  it('ends the process with the signal, for its reason', async () => {
    const abort = new AbortController();
    const run = failure(
      runFfmpeg(
        command(1e9, '/dev/null').on('stderr', () => {
          abort.abort(new Error('gone'));
        }),
        abort.signal,
      ),
    );
    expect(await run).toMatchObject({ message: 'gone' });
  });
});
