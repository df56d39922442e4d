import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import 'reflect-metadata';

/** One environment variable, as documentation sees it. */
export interface SettingDescription {
  readonly name: string;
  readonly group: string;
  readonly description: string;
  readonly default: string | null;
  readonly unit: string | null;
  readonly secret: boolean;
}

interface SettingOptions {
  readonly group: string;
  readonly description: string;
  /** What the code assumes when the variable is absent, in words, where no literal default exists. */
  readonly fallback?: string;
}

interface IntegerOptions extends SettingOptions {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

interface OptionalIntegerOptions extends Omit<IntegerOptions, 'default'> {
  readonly default?: undefined;
}

interface ChoiceOptions<Choice extends string> extends SettingOptions {
  readonly choices: readonly Choice[];
  readonly default: Choice;
}

const SETTINGS = Symbol('settings');
const MAX_LIST_ITEMS = 20;

/** Every setting declared on a class, in order of declaration. */
export function describeSettings(target: new () => object): SettingDescription[] {
  return (
    (Reflect.getMetadata(SETTINGS, target.prototype as object) as SettingDescription[] | undefined) ?? []
  );
}

/** A whole number, with its bounds. */
export function IntegerSetting(options: IntegerOptions | OptionalIntegerOptions): PropertyDecorator {
  const message = `must be a whole number from ${options.min} to ${options.max}`;
  return applyDecorators(
    describe(options, options.default?.toString(), options.unit),
    Transform(({ value }) => (typeof value === 'string' ? Number(value) : (value as unknown))),
    IsOptional(),
    IsInt({ message }),
    Min(options.min, { message }),
    Max(options.max, { message }),
  );
}

/** A number, with its bounds. */
export function NumberSetting(options: IntegerOptions): PropertyDecorator {
  const message = `must be a number from ${options.min} to ${options.max}`;
  return applyDecorators(
    describe(options, options.default.toString(), options.unit),
    Transform(({ value }) => (typeof value === 'string' ? Number(value) : (value as unknown))),
    IsOptional(),
    IsNumber({ allowNaN: false, allowInfinity: false }, { message }),
    Min(options.min, { message }),
    Max(options.max, { message }),
  );
}

/** Texts separated by commas; none unless set. */
export function TextListSetting(options: SettingOptions): PropertyDecorator {
  return applyDecorators(
    describe(options),
    Transform(({ value }) => (typeof value === 'string' ? splitList(value) : (value as unknown))),
    ArrayMaxSize(MAX_LIST_ITEMS, { message: `must have at most ${MAX_LIST_ITEMS} items` }),
  );
}

/** One of a fixed list of words. */
export function ChoiceSetting<Choice extends string>(options: ChoiceOptions<Choice>): PropertyDecorator {
  const choices = options.choices.join(', ');
  return applyDecorators(
    describe({ ...options, description: `${options.description} One of ${choices}.` }, options.default),
    IsIn(options.choices, { message: `must be one of ${choices}` }),
  );
}

/** Free text; absent unless it has a default. */
export function TextSetting(options: SettingOptions & { readonly default?: string }): PropertyDecorator {
  return applyDecorators(describe(options, options.default), IsOptional(), IsString());
}

interface HttpUrlOptions extends SettingOptions {
  /** Whether the other settings of the group make this one necessary. */
  readonly isNeeded?: (settings: object) => boolean;
}

/** An http(s) base address. */
export function HttpUrlSetting(options: HttpUrlOptions): PropertyDecorator {
  return applyDecorators(
    describe(options),
    ValidateIf(
      (settings: object, value: unknown) => value !== undefined || options.isNeeded?.(settings) === true,
    ),
    IsUrl(
      { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
      { message: 'must be an http:// or https:// address' },
    ),
  );
}

/** A connection address with one of the given schemes. It may carry a password, so it counts as secret. */
export function ConnectionUrlSetting(options: SettingOptions & { readonly schemes: readonly string[] }) {
  const expected = options.schemes.map((scheme) => `${scheme}://`).join(' or ');
  return applyDecorators(
    describe(options, undefined, undefined, true),
    IsOptional(),
    ValidateBy(
      {
        name: 'connectionUrl',
        validator: {
          validate: (value: unknown) =>
            typeof value === 'string' &&
            URL.canParse(value) &&
            options.schemes.includes(new URL(value).protocol.slice(0, -1)),
        },
      },
      { message: `must be a ${expected} address` },
    ),
  );
}

/** Text of a fixed form that is never printed. */
export function PatternSecretSetting(
  options: SettingOptions & { readonly pattern: RegExp; readonly expected: string },
): PropertyDecorator {
  return applyDecorators(
    describe(options, undefined, undefined, true),
    IsOptional(),
    Matches(options.pattern, { message: `must be ${options.expected}` }),
  );
}

/** Free text that is never printed. */
export function SecretSetting(options: SettingOptions): PropertyDecorator {
  return applyDecorators(describe(options, undefined, undefined, true), IsOptional(), IsString());
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function describe(
  options: SettingOptions,
  defaultValue?: string,
  unit?: string,
  secret = false,
): PropertyDecorator {
  return (target, name) => {
    const setting: SettingDescription = {
      name: String(name),
      group: options.group,
      description: options.description,
      default: defaultValue ?? options.fallback ?? null,
      unit: unit ?? null,
      secret,
    };
    const known = (Reflect.getMetadata(SETTINGS, target) as SettingDescription[] | undefined) ?? [];
    Reflect.defineMetadata(SETTINGS, [...known, setting], target);
  };
}
