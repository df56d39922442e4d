import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { TokenConfig } from '../../config/settings/security.settings.js';
import { UnavailableError } from '../errors/unavailable.error.js';

/** Signatures by a key pair; a shared secret is never a public key. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const FETCH_TIMEOUT_MS = 3000;
const CLOCK_TOLERANCE_SECONDS = 30;

/** Checks JSON Web Tokens (RFC 7519) by the keys that their issuer publishes. */
export class Tokens {
  private readonly keys: JWTVerifyGetKey;

  constructor(private readonly config: TokenConfig) {
    this.keys = createRemoteJWKSet(new URL(config.jwksUrl), { timeoutDuration: FETCH_TIMEOUT_MS });
  }

  /**
   * @returns the token's subject; null for a token that is not valid (any more)
   * @throws UnavailableError when the keys can't be fetched
   */
  async verify(token: string): Promise<string | null> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp'],
        ...(this.config.issuer !== null && { issuer: this.config.issuer }),
        ...(this.config.audience !== null && { audience: this.config.audience }),
      });
      return payload.sub ?? 'token';
    } catch (error) {
      if (isAboutToken(error)) return null;
      throw new UnavailableError('The keys at JWT_JWKS_URL could not be fetched; try again later.', {
        cause: error,
      });
    }
  }
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    // The class itself, which stands for an answer that is no key set.
    error.code !== 'ERR_JOSE_GENERIC'
  );
}
