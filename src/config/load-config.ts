import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { errorCode } from '../common/errors/error-code.js';
import { AppConfig } from './app-config.js';
import { ConfigurationError } from './configuration.error.js';
import { describeEnvironment, type Environment, SETTING_GROUPS } from './environment.js';
import { describeSettings } from './setting.decorators.js';

/** Variables by name, as `process.env` has them. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/**
 * Makes the configuration from environment variables.
 * @throws ConfigurationError naming every variable that is wrong, all at once
 */
export function loadConfig(variables: EnvironmentVariables): AppConfig {
  const groups = Object.entries(SETTING_GROUPS).map(
    ([name, group]: [string, new () => object]) =>
      [name, plainToInstance(group, pickSettings(group, variables), { exposeDefaultValues: true })] as const,
  );
  const problems = groups
    .flatMap(([, group]) => validateSync(group))
    .map(
      ({ property, constraints = {} }) =>
        `${property} ${Object.values(constraints)[0] ?? 'is not valid'}${shownValue(property, variables)}`,
    );
  if (problems.length > 0) throw new ConfigurationError(problems);
  return AppConfig.from(Object.fromEntries(groups) as unknown as Environment);
}

/** The process's variables, and beneath them those of a `.env` file in the working folder, where there is one. */
export function readEnvironment(file = '.env'): EnvironmentVariables {
  try {
    return { ...parseEnv(readFileSync(file, 'utf8')), ...process.env };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return process.env;
    throw error;
  }
}

// An empty variable counts as absent, because `VAR=` is how compose files and charts leave one out.
function pickSettings(group: new () => object, variables: EnvironmentVariables): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const { name } of describeSettings(group)) {
    const value = variables[name]?.trim();
    if (value) picked[name] = value;
  }
  return picked;
}

function shownValue(name: string, variables: EnvironmentVariables): string {
  if (variables[name] === undefined) return ' (it is not set)';
  const secret = describeEnvironment().find((setting) => setting.name === name)?.secret ?? true;
  return secret ? '' : `, not ${JSON.stringify(variables[name].slice(0, 100))}`;
}
