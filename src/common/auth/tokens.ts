import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { TokenConfig } from '../../config/settings/security.settings.js';
import { UnavailableError } from '../errors/unavailable.error.js';
import { isTenant } from '../tenancy/tenant.js';

/** Signatures by a key pair; a shared secret is never a public key. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const FETCH_TIMEOUT_MS = 3000;
const CLOCK_TOLERANCE_SECONDS = 30;

/** What a valid token says. */
export interface VerifiedToken {
  readonly subject: string;
  /** Null where the token names none, or nobody looks for one. */
  readonly tenant: string | null;
}

/** Checks JSON Web Tokens (RFC 7519) by the keys that their issuer publishes. */
export class Tokens {
  private readonly keys: JWTVerifyGetKey;

  /** @param tenantClaim the claim that names the token's tenant; null where none does */
  constructor(
    private readonly config: TokenConfig,
    private readonly tenantClaim: string | null = null,
  ) {
    this.keys = createRemoteJWKSet(new URL(config.jwksUrl), { timeoutDuration: FETCH_TIMEOUT_MS });
  }

  /**
   * @returns null for a token that is not valid (any more), or names a tenant that nobody can be called
   * @throws UnavailableError when the keys can't be fetched
   */
  async verify(token: string): Promise<VerifiedToken | null> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp'],
        ...(this.config.issuer !== null && { issuer: this.config.issuer }),
        ...(this.config.audience !== null && { audience: this.config.audience }),
      });
      const tenant = this.tenantClaim === null ? undefined : payload[this.tenantClaim];
      if (tenant !== undefined && !isTenant(tenant)) return null;
      return { subject: payload.sub ?? 'token', tenant: tenant ?? null };
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
