import type { OpenAI } from 'openai';
import { currentRequest } from '../../../../common/http/request-context.js';
import {
  type Transcription,
  TranscriptionModel,
  type TranscriptionModelDescriptor,
  type TranscriptionRequest,
} from '../../transcription-model.js';
import { callOpenAi } from './call-openai.js';
import { readTranscription } from './read-transcription.js';

export interface OpenAiTranscriptionOptions {
  readonly sdk: OpenAI;
  readonly descriptor: TranscriptionModelDescriptor;
  /** What the server calls the model. */
  readonly name: string;
  readonly timeoutMs: number;
}

/** A speech model of OpenAI, or of a server that speaks its protocol. */
export class OpenAiTranscriptionModel extends TranscriptionModel {
  constructor(private readonly options: OpenAiTranscriptionOptions) {
    super();
  }

  get descriptor(): TranscriptionModelDescriptor {
    return this.options.descriptor;
  }

  transcribe(request: TranscriptionRequest): Promise<Transcription> {
    const { name, timeoutMs } = this.options;
    return callOpenAi(
      { model: name, modelSetting: 'TRANSCRIPTION_MODEL', timeoutMs, signal: request.signal },
      async (signal) => readTranscription(await this.call(request, signal)),
    );
  }

  private call(request: TranscriptionRequest, signal: AbortSignal): Promise<unknown> {
    const { sdk, name, descriptor } = this.options;
    const { language, prompt, temperature } = request;
    const traceparent = currentRequest()?.traceparent;
    const kinds = request.timestamps.filter((kind) => descriptor.timestamps.includes(kind));
    return sdk.audio.transcriptions.create(
      {
        model: name,
        // By reference: the audio is read from where it is when it is sent.
        file: new File([request.audio], 'speech.wav', { type: 'audio/wav' }),
        ...(language !== undefined && { language }),
        ...(prompt !== undefined && descriptor.takesPrompt && { prompt }),
        ...(temperature !== undefined && { temperature }),
        // Only Whisper and its kin have it, and then it also tells the language.
        ...(descriptor.timestamps.length > 0
          ? { response_format: 'verbose_json', ...(kinds.length > 0 && { timestamp_granularities: kinds }) }
          : { response_format: 'json' }),
      },
      { signal, ...(traceparent && { headers: { traceparent } }) },
    );
  }
}
