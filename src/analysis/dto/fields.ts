import { TextField } from '../../common/validation/field.decorators.js';

export const MAX_TEXT_LENGTH = 200_000;
const MAX_MODEL_NAME_LENGTH = 200;

export function AnalyzedTextField(): PropertyDecorator {
  return TextField({
    description: 'The text.',
    maxLength: MAX_TEXT_LENGTH,
    example: 'The hotel was lovely and the staff were kind, but the room was far too small.',
  });
}

export function AnalysisModelField(): PropertyDecorator {
  return TextField({
    description:
      'Who does it: `local`, or a chat model; see `GET /api/v1/models`. When absent, `ANALYSIS_PROVIDER` decides.',
    maxLength: MAX_MODEL_NAME_LENGTH,
    optional: true,
    example: 'local',
  });
}

export function ChatModelField(): PropertyDecorator {
  return TextField({
    description: 'Chat model; see `GET /api/v1/models`. The default model when absent.',
    maxLength: MAX_MODEL_NAME_LENGTH,
    optional: true,
  });
}
