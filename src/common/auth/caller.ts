/** Who sent a request. */
export interface Caller {
  /** Name of the API key, or subject of the token: no secret. */
  readonly name: string;
  readonly kind: 'api-key' | 'token';
}
