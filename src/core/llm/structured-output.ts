import type { FieldProblem } from '../../common/errors/app-error.js';
import { jsonSchemaOf } from '../../common/validation/json-schema-of.js';
import { validateAs } from '../../common/validation/validate-as.js';
import type { ChatModel, ChatRequest, JsonSchema } from './chat-model.js';
import { type AnswerForm, askUntilValid, type ValidAnswer } from './repaired-answer.js';
import type { ClientSchema } from './client-schema.js';

/** Root of the paths in what a model is told about its answer. */
const ROOT = 'answer';

export interface StructuredQuestion<Answer extends object> extends ChatRequest {
  /** The class whose rules the answer has to keep, and whose documentation becomes its JSON Schema. */
  readonly type: new () => Answer;
  /** Name of the schema: `[A-Za-z0-9_-]{1,64}`. */
  readonly name: string;
  /** What is wrong with an answer beyond the rules of its class, in words that help the model to do better. */
  readonly check?: (answer: Answer) => readonly string[] | Promise<readonly string[]>;
}

export interface JsonQuestion extends ChatRequest {
  readonly schema: ClientSchema;
}

/**
 * Asks for an answer that is an object of a class. One that is not is sent back once, with what is wrong with it.
 * @returns the answer, with what all calls used together
 * @throws ProviderError when the second answer is no better, and as `ChatModel.completeStructured`
 */
export function askForObject<Answer extends object>(
  model: ChatModel,
  { type, name, check = () => [], ...request }: StructuredQuestion<Answer>,
): Promise<ValidAnswer<Answer>> {
  const form: AnswerForm<Answer> = {
    name,
    json: jsonSchemaOf(type),
    read: async (data) => {
      const { value, problems } = await validateAs(type, data, ROOT);
      if (value === null) return { problems: problems.map(describe) };
      const more = await check(value);
      return more.length > 0 ? { problems: more } : { answer: value };
    },
  };
  return askUntilValid(model, request, form);
}

/**
 * Asks for an answer that is valid against a client's JSON Schema. Returns and throws as `askForObject`.
 * @throws SchemaError when it takes too long to check the answer
 */
export function askForJson(
  model: ChatModel,
  { schema, ...request }: JsonQuestion,
): Promise<ValidAnswer<JsonSchema>> {
  const form: AnswerForm<JsonSchema> = {
    name: ROOT,
    json: schema.json,
    read: async (data) => {
      const problems = await schema.problemsWith(data, request.signal);
      return problems.length > 0 ? { problems } : { answer: data as JsonSchema };
    },
  };
  return askUntilValid(model, request, form);
}

function describe({ loc, msg }: FieldProblem): string {
  return `${loc.join('.')} ${msg}`;
}
