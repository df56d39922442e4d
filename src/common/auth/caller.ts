/** Who sent a request. */
export interface Caller {
  /** Name of the API key, or subject of the token: no secret. */
  readonly name: string;
  readonly kind: 'api-key' | 'token';
  /** The one that the key or token is for; null for one that is for none. */
  readonly tenant: string | null;
}
