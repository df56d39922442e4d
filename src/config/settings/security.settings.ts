import { optionalSecret, type Secret } from '../secret.js';
import { ChoiceSetting, HttpUrlSetting, PatternSecretSetting, TextSetting } from '../setting.decorators.js';

const KEY_LIST =
  /^[\w.-]{1,64}:[\da-f]{64}(?::[\w.-]{1,64})?(?:\s*,\s*[\w.-]{1,64}:[\da-f]{64}(?::[\w.-]{1,64})?)*$/u;

/** Who may use the service. */
export class SecuritySettings {
  @PatternSecretSetting({
    group: 'Security',
    pattern: KEY_LIST,
    expected:
      'a list of name:sha256 or name:sha256:tenant, separated by commas, as `npm run new-key` prints them',
    fallback: 'nobody needs a key',
    description:
      'Keys that callers send as `Authorization: Bearer …` or `X-API-Key`, as `name:sha256`, or `name:sha256:tenant` for ' +
      'one tenant alone, separated by commas. `npm run new-key -- name [tenant]` makes one.',
  })
  API_KEYS?: string;

  @HttpUrlSetting({
    group: 'Security',
    fallback: 'no tokens are accepted',
    description: 'Where the public keys of JSON Web Tokens are (JWKS), for callers behind a gateway.',
  })
  JWT_JWKS_URL?: string;

  @TextSetting({
    group: 'Security',
    fallback: 'any issuer',
    description: 'The `iss` that tokens must have.',
  })
  JWT_ISSUER?: string;

  @TextSetting({
    group: 'Security',
    fallback: 'any audience',
    description: 'The `aud` that tokens must have.',
  })
  JWT_AUDIENCE?: string;

  @ChoiceSetting({
    group: 'Security',
    choices: ['true', 'false'],
    default: 'false',
    description: 'Whether `/docs`, `/redoc` and `/openapi.json` stay open where keys or tokens are needed.',
  })
  PUBLIC_DOCS: 'true' | 'false' = 'false';

  @ChoiceSetting({
    group: 'Security',
    choices: ['true', 'false'],
    default: 'false',
    description: 'Whether `/metrics` stays open where keys or tokens are needed.',
  })
  PUBLIC_METRICS: 'true' | 'false' = 'false';
}

export interface TokenConfig {
  readonly jwksUrl: string;
  readonly issuer: string | null;
  readonly audience: string | null;
}

export interface SecurityConfig {
  /** `name:sha256` or `name:sha256:tenant` separated by commas; null where nobody needs a key. */
  readonly apiKeys: Secret | null;
  /** Null where no tokens are accepted. */
  readonly tokens: TokenConfig | null;
  readonly publicDocs: boolean;
  readonly publicMetrics: boolean;
}

export function securityConfig(settings: SecuritySettings): SecurityConfig {
  return {
    apiKeys: optionalSecret(settings.API_KEYS),
    tokens:
      settings.JWT_JWKS_URL === undefined
        ? null
        : {
            jwksUrl: settings.JWT_JWKS_URL,
            issuer: settings.JWT_ISSUER ?? null,
            audience: settings.JWT_AUDIENCE ?? null,
          },
    publicDocs: settings.PUBLIC_DOCS === 'true',
    publicMetrics: settings.PUBLIC_METRICS === 'true',
  };
}
