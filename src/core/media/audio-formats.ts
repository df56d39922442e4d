/** A format that recordings can be converted to. */
export interface AudioFormat {
  readonly id: AudioFormatId;
  readonly mediaType: string;
  readonly extension: string;
  readonly description: string;
  /** Samples a second that it can have; null for any from 8,000 to 192,000. */
  readonly sampleRates: readonly number[] | null;
  readonly maxChannels: number;
  /** Bits a second that it can be asked for; null where the bitrate follows from the rest. */
  readonly bitrates: { readonly min: number; readonly max: number } | null;
  /** ffmpeg's parameters. */
  readonly parameters: readonly string[];
  /** Added where no bitrate is asked for. */
  readonly defaultQuality: readonly string[];
  /** Whether players need what is only known, and written to the front of the file, at the end. */
  readonly needsFile: boolean;
}

export const AUDIO_FORMAT_IDS = ['wav', 'mp3', 'flac', 'ogg', 'opus', 'm4a', 'webm'] as const;
export type AudioFormatId = (typeof AUDIO_FORMAT_IDS)[number];

export const MIN_SAMPLE_RATE = 8000;
export const MAX_SAMPLE_RATE = 192_000;
export const MAX_CHANNELS = 8;

const MPEG_RATES = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];
const OPUS_RATES = [8000, 12_000, 16_000, 24_000, 48_000];
const OPUS_BITRATES = { min: 6000, max: 256_000 };

const FORMATS: Readonly<Record<AudioFormatId, Omit<AudioFormat, 'id'>>> = {
  wav: {
    mediaType: 'audio/wav',
    extension: 'wav',
    description: 'Uncompressed, 16 bits a sample',
    sampleRates: null,
    maxChannels: MAX_CHANNELS,
    bitrates: null,
    parameters: ['-c:a', 'pcm_s16le', '-f', 'wav'],
    defaultQuality: [],
    needsFile: true,
  },
  mp3: {
    mediaType: 'audio/mpeg',
    extension: 'mp3',
    description: 'MP3, at a constant bitrate',
    sampleRates: MPEG_RATES,
    maxChannels: 2,
    bitrates: { min: 8000, max: 320_000 },
    parameters: ['-c:a', 'libmp3lame', '-f', 'mp3'],
    defaultQuality: ['-b:a', '128k'],
    // Without a length at the front, players play the padding as well.
    needsFile: true,
  },
  flac: {
    mediaType: 'audio/flac',
    extension: 'flac',
    description: 'FLAC, lossless',
    sampleRates: null,
    maxChannels: MAX_CHANNELS,
    bitrates: null,
    parameters: ['-c:a', 'flac', '-f', 'flac'],
    defaultQuality: [],
    needsFile: true,
  },
  ogg: {
    mediaType: 'audio/ogg',
    extension: 'ogg',
    description: 'Vorbis in Ogg',
    sampleRates: null,
    maxChannels: MAX_CHANNELS,
    bitrates: { min: 16_000, max: 500_000 },
    // ffmpeg reads the times of an Ogg that is a single page wrongly, so that short recordings need short pages.
    parameters: ['-c:a', 'libvorbis', '-page_duration', '20000', '-f', 'ogg'],
    defaultQuality: ['-q:a', '4'],
    needsFile: false,
  },
  opus: {
    mediaType: 'audio/ogg; codecs=opus',
    extension: 'opus',
    description: 'Opus in Ogg',
    sampleRates: OPUS_RATES,
    maxChannels: 2,
    bitrates: OPUS_BITRATES,
    parameters: ['-c:a', 'libopus', '-f', 'opus'],
    defaultQuality: ['-b:a', '64k'],
    needsFile: false,
  },
  m4a: {
    mediaType: 'audio/mp4',
    extension: 'm4a',
    description: 'AAC in MPEG-4',
    sampleRates: [...MPEG_RATES, 64_000, 88_200, 96_000],
    maxChannels: MAX_CHANNELS,
    bitrates: { min: 16_000, max: 512_000 },
    parameters: ['-c:a', 'aac', '-f', 'ipod', '-movflags', '+faststart'],
    defaultQuality: ['-b:a', '128k'],
    needsFile: true,
  },
  webm: {
    mediaType: 'audio/webm',
    extension: 'webm',
    description: 'Opus in WebM',
    sampleRates: OPUS_RATES,
    maxChannels: 2,
    bitrates: OPUS_BITRATES,
    parameters: ['-c:a', 'libopus', '-f', 'webm'],
    defaultQuality: ['-b:a', '64k'],
    needsFile: true,
  },
};

/** Every format, in a fixed order. */
export const AUDIO_FORMATS: readonly AudioFormat[] = AUDIO_FORMAT_IDS.map(audioFormat);

export function audioFormat(id: AudioFormatId): AudioFormat {
  return { id, ...FORMATS[id] };
}
