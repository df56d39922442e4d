import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createApiKey } from '../../src/common/auth/api-keys.js';
import { goodReply } from '../../test/support/model-answers.js';
import { OpenAiStub } from '../../test/support/openai-stub.js';
import { ServiceProcess } from '../../test/support/service-process.js';

/** Where schemathesis is installed, apart from any other Python. */
const ENVIRONMENT = 'node_modules/.cache/schemathesis';
const VARIANTS = { plain: fuzzPlain, provider: fuzzWithProvider };

const [first = '', ...rest] = process.argv.slice(2);
const isVariant = first in VARIANTS;
const options = isVariant ? rest : process.argv.slice(2);

await install();
const codes: number[] = [];
for (const [name, fuzz] of Object.entries(VARIANTS)) {
  if (!isVariant || name === first) codes.push(await fuzz());
}
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;

async function install(): Promise<void> {
  const requirements = join(import.meta.dirname, 'requirements.txt');
  if (!existsSync(ENVIRONMENT)) await run('python3', ['-m', 'venv', ENVIRONMENT]);
  const code = await run(join(ENVIRONMENT, 'bin/pip'), ['install', '--quiet', '--requirement', requirements]);
  if (code !== 0) throw new Error('schemathesis could not be installed; it needs Python 3.10 or newer.');
}

/** Nothing configured. The document says how keys are sent, though nobody needs one. */
function fuzzPlain(): Promise<number> {
  return fuzzService('nothing configured', {}, ['--exclude-checks', 'ignored_auth']);
}

/** With a provider, so that every endpoint can succeed, and with keys. */
async function fuzzWithProvider(): Promise<number> {
  const stub = await OpenAiStub.start();
  stub.chat.usualReply = goodReply;
  const { key, entry } = createApiKey('fuzz');
  const variables = {
    API_KEYS: entry,
    PUBLIC_DOCS: 'true',
    OPENAI_API_KEY: 'sk-stub',
    OPENAI_BASE_URL: stub.baseUrl,
  };
  try {
    return await fuzzService('provider and keys', variables, ['--header', `Authorization: Bearer ${key}`]);
  } finally {
    await stub.close();
  }
}

async function fuzzService(
  name: string,
  variables: Record<string, string>,
  parameters: readonly string[],
): Promise<number> {
  console.log(`\n== ${name}\n`);
  const service = await ServiceProcess.start(variables);
  try {
    return await run(join(ENVIRONMENT, 'bin/schemathesis'), [
      '--config-file',
      join(import.meta.dirname, 'schemathesis.toml'),
      'run',
      `${service.url}/openapi.json`,
      ...parameters,
      ...options,
    ]);
  } finally {
    await service.stop();
    if (service.stderr !== '') console.error(service.stderr);
  }
}

async function run(command: string, parameters: readonly string[]): Promise<number> {
  const env = { ...process.env, PYTHONPATH: import.meta.dirname, SCHEMATHESIS_HOOKS: 'hooks' };
  const child = spawn(command, parameters, { stdio: 'inherit', env });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
