import { Injectable } from '@nestjs/common';
import type { JsonSchema } from './chat-model.js';
import { resolveReferences, SchemaError } from './resolve-references.js';
import { SchemaWorker } from './schema-worker.js';

export { SchemaError } from './resolve-references.js';

const MAX_CHARACTERS = 50_000;

/** A JSON Schema that a client sent: of an object, and within bounds. */
export interface ClientSchema {
  /** Without references. */
  readonly json: JsonSchema;
  /**
   * What is wrong with a value, each with its place in it; nothing where it is valid.
   * @throws SchemaError when it takes too long to say
   */
  problemsWith(value: unknown, signal?: AbortSignal): Promise<string[]>;
}

/** Reads the JSON Schemas that clients send. */
@Injectable()
export class ClientSchemas {
  constructor(private readonly worker: SchemaWorker) {}

  /**
   * Compiles within bounds: of its size and depth, of time, and with references to its own definitions alone, which must
   * not lead back to themselves. Patterns run in time that grows with the text, whatever they are.
   * @throws SchemaError with what is wrong with it
   */
  async read(schema: JsonSchema, signal?: AbortSignal): Promise<ClientSchema> {
    if (JSON.stringify(schema).length > MAX_CHARACTERS) {
      throw new SchemaError(`must have at most ${MAX_CHARACTERS} characters`);
    }
    const json = resolveReferences(schema);
    if (json['type'] !== 'object') throw new SchemaError('must be of type object');
    const text = JSON.stringify(json);
    if (text.length > MAX_CHARACTERS) {
      throw new SchemaError(
        `must have at most ${MAX_CHARACTERS} characters once its references are replaced`,
      );
    }
    await this.worker.run({ schema: text }, signal);
    return {
      json,
      problemsWith: (value, stop) => this.worker.run({ schema: text, value: JSON.stringify(value) }, stop),
    };
  }
}
