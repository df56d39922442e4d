import { fileTypeFromFile } from 'file-type';
import { abortable } from '../../common/async/abortable.js';

/**
 * What ffmpeg calls the containers that it may open: those that hold audio themselves. Playlists and everything else
 * that names other files or addresses (hls, dash, concat, sdp, image2, …) are not among them, nor are subtitles,
 * pictures and raw samples.
 */
export const DEMUXERS = [
  'aac',
  'ac3',
  'aiff',
  'amr',
  'ape',
  'asf',
  'au',
  'avi',
  'caf',
  'dsf',
  'dts',
  'eac3',
  'flac',
  'flv',
  'gsm',
  'ircam',
  'iff',
  'loas',
  'matroska',
  'mlp',
  'mov',
  'mp3',
  'mpc',
  'mpc8',
  'mpeg',
  'mpegts',
  'mxf',
  'nut',
  'ogg',
  'oma',
  'qcp',
  'rm',
  'shn',
  'sox',
  'tak',
  'truehd',
  'tta',
  'voc',
  'w64',
  'wav',
  'wtv',
  'wv',
  'xwma',
] as const;

type Demuxer = (typeof DEMUXERS)[number];

/** Demuxers by the extension that a file's first bytes call for. */
const BY_EXTENSION: Readonly<Record<string, Demuxer>> = {
  '3g2': 'mov',
  '3gp': 'mov',
  aac: 'aac',
  ac3: 'ac3',
  aif: 'aiff',
  amr: 'amr',
  ape: 'ape',
  asf: 'asf',
  avi: 'avi',
  dsf: 'dsf',
  f4a: 'mov',
  f4b: 'mov',
  f4p: 'mov',
  f4v: 'mov',
  flac: 'flac',
  flv: 'flv',
  m4a: 'mov',
  m4b: 'mov',
  m4p: 'mov',
  m4v: 'mov',
  mkv: 'matroska',
  mov: 'mov',
  mp1: 'mp3',
  mp2: 'mp3',
  mp3: 'mp3',
  mp4: 'mov',
  mts: 'mpegts',
  mxf: 'mxf',
  oga: 'ogg',
  ogg: 'ogg',
  ogm: 'ogg',
  ogv: 'ogg',
  ogx: 'ogg',
  opus: 'ogg',
  qcp: 'qcp',
  rm: 'rm',
  spx: 'ogg',
  voc: 'voc',
  wav: 'wav',
  webm: 'matroska',
  wv: 'wv',
};

/** Kinds of file that ffmpeg tells apart better from their whole beginning. */
const LEFT_TO_FFMPEG: ReadonlySet<string> = new Set(['mpg', 'mpc', 'ps']);

/** Container that a recording may be in: one that its content calls for, or any of those that may be opened. */
export interface Container {
  /** Null where ffmpeg has to find out, among `DEMUXERS`. */
  readonly demuxer: Demuxer | null;
}

/** The list for ffmpeg's `-format_whitelist`. */
export const FORMAT_WHITELIST = DEMUXERS.join(',');

/**
 * Goes by the content of a file, never by its name.
 * @returns null for a file that is something else than audio or video
 */
export async function findContainer(path: string, signal: AbortSignal): Promise<Container | null> {
  const type = await abortable(fileTypeFromFile(path), signal);
  if (type === undefined || LEFT_TO_FFMPEG.has(type.ext)) return { demuxer: null };
  const demuxer = BY_EXTENSION[type.ext];
  return demuxer === undefined ? null : { demuxer };
}
