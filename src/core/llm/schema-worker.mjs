// @ts-check
/*
 * Clients' schemas in a thread of its own, because some take seconds. Plain JavaScript, because Node loads a worker's
 * file itself, from the sources under test and from dist in production.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parentPort } from 'node:worker_threads';
import { RE2JS } from 're2js';

/** A schema is first compiled for the request, and again for the answer to it. */
const MAX_KEPT = 16;
const MAX_SHOWN_PROBLEMS = 10;
const MAX_MESSAGE_LENGTH = 200;

/**
 * By their text, in the order of their last use.
 * @type {Map<string, import('ajv').ValidateFunction>}
 */
const compiled = new Map();

const port = requirePort();

port.on('message', (/** @type {import('./schema-worker.js').SchemaTask} */ { schema, value }) => {
  try {
    const validate = compile(schema);
    port.postMessage({
      problems: value === undefined ? [] : problemsWith(validate, JSON.parse(value)),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, MAX_MESSAGE_LENGTH) : '';
    port.postMessage({ refusal: `must be a valid JSON Schema: ${reason}` });
  }
});
port.postMessage('ready');

function requirePort() {
  if (parentPort === null) throw new Error('This is a worker thread.');
  return parentPort;
}

/** @param {string} schema */
function compile(schema) {
  /** @type {import('ajv').SchemaObject} */
  const json = JSON.parse(schema);
  const validate = compiled.get(schema) ?? newAjv().compile(json);
  compiled.delete(schema);
  compiled.set(schema, validate);
  const [leastRecentlyUsed] = compiled.keys();
  if (compiled.size > MAX_KEPT && leastRecentlyUsed !== undefined) compiled.delete(leastRecentlyUsed);
  return validate;
}

function newAjv() {
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
  return ajv;
}

/**
 * Patterns come from clients, and the language's own engine can be made to take for ever.
 * @param {string} pattern
 */
function linearRegExp(pattern) {
  const expression = RE2JS.compile(pattern);
  return {
    test: (/** @type {string} */ text) => expression.matcher(text).find(),
    // What ajv tells expressions apart by.
    toString: () => pattern,
  };
}

/**
 * @param {import('ajv').ValidateFunction} validate
 * @param {unknown} value
 */
function problemsWith(validate, value) {
  if (validate(value)) return [];
  return (validate.errors ?? []).slice(0, MAX_SHOWN_PROBLEMS).map(describe);
}

/** @param {import('ajv').ErrorObject} error */
function describe({ instancePath, message = '', params }) {
  const details = Object.entries(/** @type {Record<string, unknown>} */ (params))
    .filter(([name]) => name === 'additionalProperty' || name === 'allowedValues')
    .map(([, detail]) => ` ${JSON.stringify(detail)}`);
  return `${instancePath === '' ? 'The answer' : instancePath} ${message}${details.join('')}`;
}
