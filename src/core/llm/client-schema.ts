import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';
import type { JsonSchema } from './chat-model.js';
import { resolveReferences, SchemaError } from './resolve-references.js';

export { SchemaError } from './resolve-references.js';

const MAX_CHARACTERS = 50_000;
const MAX_SHOWN_PROBLEMS = 10;

/** A JSON Schema that a client sent: of an object, within bounds, compiled. */
export class ClientSchema {
  private constructor(
    /** Without references. */
    readonly json: JsonSchema,
    private readonly validate: ValidateFunction,
  ) {}

  /**
   * Compiles within bounds: of its size and depth, and with references to its own definitions alone, which must not
   * lead back to themselves. Patterns run in time that grows with the text, whatever they are.
   * @throws SchemaError with what is wrong with it
   */
  static from(schema: JsonSchema): ClientSchema {
    if (JSON.stringify(schema).length > MAX_CHARACTERS) {
      throw new SchemaError(`must have at most ${MAX_CHARACTERS} characters`);
    }
    const json = resolveReferences(schema);
    if (json['type'] !== 'object') throw new SchemaError('must be of type object');
    return new ClientSchema(json, compile(json));
  }

  /** What is wrong with a value, each with its place in it; nothing where it is valid. */
  problemsWith(value: unknown): string[] {
    if (this.validate(value)) return [];
    return (this.validate.errors ?? []).slice(0, MAX_SHOWN_PROBLEMS).map(describe);
  }
}

function compile(json: JsonSchema): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: false,
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allowUnionTypes: true,
    validateSchema: true,
    logger: false,
    code: { regExp: Object.assign(linearRegExp, { code: 'linearRegExp' }) },
  });
  addFormats.default(ajv);
  ajv.addVocabulary(['example', 'xml', 'externalDocs']);
  try {
    return ajv.compile(json);
  } catch (error) {
    throw new SchemaError(
      `must be a valid JSON Schema: ${error instanceof Error ? error.message.slice(0, 200) : ''}`,
    );
  }
}

/** Patterns come from clients, and the language's own engine can be made to take for ever. */
function linearRegExp(pattern: string) {
  const expression = RE2JS.compile(pattern);
  return {
    test: (text: string) => expression.matcher(text).find(),
    // What ajv tells expressions apart by.
    toString: () => pattern,
  };
}

function describe({ instancePath, message = '', params }: ErrorObject): string {
  const details = Object.entries(params)
    .filter(([name]) => name === 'additionalProperty' || name === 'allowedValues')
    .map(([, value]) => ` ${JSON.stringify(value)}`);
  return `${instancePath === '' ? 'The answer' : instancePath} ${message}${details.join('')}`;
}
