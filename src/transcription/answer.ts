import { StreamableFile } from '@nestjs/common';
import type { TranscriptionModelDescriptor } from '../core/llm/transcription-model.js';
import { roundedCost } from './costs.js';
import type { ResponseFormat, TranscribeDto } from './dto/transcription-request.dto.js';
import type { TranscriptionResultDto } from './dto/transcription-response.dto.js';
import { neededTimestamps } from './model-choice.js';
import { toSrt, toVtt } from './subtitles/subtitles.js';
import type { TranscribedRecording } from './transcriber.js';
import type { Transcript } from './transcript.js';

/** Media types of the answers that are no JSON. */
export const TEXT_ANSWERS = {
  text: 'text/plain',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
} as const satisfies Partial<Record<ResponseFormat, string>>;

/** Subtitles, or plain text, as the result of a job. */
export interface TextJobAnswer {
  readonly text: string;
  readonly media_type: string;
}

/** What a job ends with. */
export type JobAnswer = TranscriptionResultDto | TextJobAnswer;

/** What was said as text in one of the formats of subtitles; null for formats that are JSON. */
export function toTextAnswer(transcript: Transcript, format: ResponseFormat): StreamableFile | null {
  const answer = textOf(transcript, format);
  if (answer === null) return null;
  return new StreamableFile(Buffer.from(answer.text), { type: `${answer.media_type}; charset=utf-8` });
}

/** The same as JSON in any format, because that is what the results of jobs are. */
export function toJobAnswer(
  recording: TranscribedRecording,
  model: TranscriptionModelDescriptor,
  request: TranscribeDto,
): JobAnswer {
  return textOf(recording.transcript, request.response_format) ?? toResult(recording, model, request);
}

function textOf(transcript: Transcript, format: ResponseFormat): TextJobAnswer | null {
  switch (format) {
    case 'json':
    case 'verbose_json':
      return null;
    case 'text':
      return { text: `${transcript.text}\n`, media_type: TEXT_ANSWERS.text };
    case 'srt':
      return { text: toSrt(transcript.segments), media_type: TEXT_ANSWERS.srt };
    case 'vtt':
      return { text: toVtt(transcript.segments), media_type: TEXT_ANSWERS.vtt };
  }
}

/** What was said as JSON, with the times that were asked for. */
export function toResult(
  recording: TranscribedRecording,
  model: TranscriptionModelDescriptor,
  request: TranscribeDto,
): TranscriptionResultDto {
  const { transcript, promptTokens, completionTokens } = recording;
  const wanted = neededTimestamps(request);
  return {
    text: transcript.text,
    language: transcript.language ?? request.language ?? null,
    duration_seconds: Math.round(recording.durationSeconds * 1000) / 1000,
    ...(wanted.includes('segment') && {
      segments: transcript.segments.map((segment, id) => ({ id, ...segment })),
    }),
    ...(wanted.includes('word') && {
      words: (transcript.words ?? []).map(({ start, end, text: word }) => ({ word, start, end })),
    }),
    model: model.id,
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
      cost_usd: roundedCost(model, recording.billedSeconds),
    },
  };
}
