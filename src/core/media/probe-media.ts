import { type Container, findContainer } from './demuxers.js';
import { inputParameters, type MediaFile } from './ffmpeg-input.js';
import { runProgram } from './run-program.js';
import { soundEnd } from './sound-end.js';
import { UnusableMediaError } from './unusable-media.error.js';

const MIN_SAMPLE_RATE = 1000;
const MAX_SAMPLE_RATE = 768_000;
const MAX_CHANNELS = 64;

/** What a file says about the recording in it. None of it need be true. */
export interface ProbedMedia extends MediaFile {
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** Null where the file doesn't say. */
  readonly claimedSeconds: number | null;
  /** See `soundEnd`. */
  readonly endSeconds: number | null;
}

/**
 * Looks into a file.
 * @param ffprobePath the program to do it with
 * @throws UnusableMediaError when there is no audio in it, or the signal's reason
 */
export async function probeMedia(
  path: string,
  ffprobePath: string,
  signal: AbortSignal,
): Promise<ProbedMedia> {
  const container = await findContainer(path, signal);
  if (container === null) throw new UnusableMediaError('is neither audio nor video');
  const found = await askFfprobe(path, container, ffprobePath, signal);
  const audio = found.streams?.[0];
  if (audio === undefined) {
    const hasStreams = (found.format?.nb_streams ?? 0) > 0;
    throw new UnusableMediaError(hasStreams ? 'has no audio track' : 'is no audio that can be read');
  }
  const probed = checkedAudio({ ...container, path }, audio, found.format?.duration);
  const frameSamples = Math.max(0, ...(found.frames ?? []).map((frame) => frame.nb_samples ?? 0));
  if (frameSamples === 0) throw new UnusableMediaError('holds no audio that can be decoded');
  const endSeconds = soundEnd({
    demuxer: container.demuxer,
    sampleRate: probed.sampleRate,
    frameSamples,
    frames: Number(audio.nb_frames),
    seconds: Number(audio.duration),
    delay: Number(audio.start_time) - Number(found.format?.start_time),
  });
  return { ...probed, endSeconds };
}

/** How much of the audio is decoded to see that it can be. */
const PACKETS_TRIED = 50;

interface Stream {
  readonly codec_name?: string;
  readonly sample_rate?: string;
  readonly channels?: number;
  readonly duration?: string;
  readonly start_time?: string;
  readonly nb_frames?: string;
}

interface Findings {
  readonly streams?: readonly Stream[];
  readonly format?: {
    readonly duration?: string;
    readonly start_time?: string;
    readonly nb_streams?: number;
  };
  readonly frames?: readonly { readonly nb_samples?: number }[];
}

async function askFfprobe(
  path: string,
  container: Container,
  ffprobePath: string,
  signal: AbortSignal,
): Promise<Findings> {
  const entries =
    'format=duration,start_time,nb_streams:frame=nb_samples:' +
    'stream=codec_name,sample_rate,channels,duration,start_time,nb_frames';
  const selection = ['-select_streams', 'a:0', '-read_intervals', `%+#${PACKETS_TRIED}`];
  const { output } = await runProgram(
    ffprobePath,
    [...inputParameters(container), ...selection, '-show_entries', entries, '-of', 'json=c=1', '-i', path],
    signal,
  );
  try {
    return JSON.parse(output) as Findings;
  } catch {
    return {};
  }
}

function checkedAudio(
  file: MediaFile,
  stream: Stream,
  duration: string | undefined,
): Omit<ProbedMedia, 'endSeconds'> {
  const sampleRate = Number(stream.sample_rate);
  const channels = stream.channels ?? 0;
  const { codec_name: codec } = stream;
  if (codec === undefined || codec === 'unknown') {
    throw new UnusableMediaError('has audio in a format that can not be decoded');
  }
  if (!(sampleRate >= MIN_SAMPLE_RATE && sampleRate <= MAX_SAMPLE_RATE)) {
    throw new UnusableMediaError('has an impossible sample rate');
  }
  if (channels < 1 || channels > MAX_CHANNELS) {
    throw new UnusableMediaError('has an impossible number of channels');
  }
  const claimed = Number(stream.duration ?? duration);
  return { ...file, codec, sampleRate, channels, claimedSeconds: Number.isFinite(claimed) ? claimed : null };
}
