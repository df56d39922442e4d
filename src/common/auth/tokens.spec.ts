import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { UnavailableError } from '../errors/unavailable.error.js';
import { Tokens } from './tokens.js';

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'ml-service';

describe('Tokens', () => {
  let pair: Awaited<ReturnType<typeof generateKeyPair>>;
  let server: Server;
  let answer: { status: number; body: string };
  let tokens: Tokens;

  beforeAll(async () => {
    pair = await generateKeyPair('RS256', { extractable: true });
    const jwk: JWK = { ...(await exportJWK(pair.publicKey)), kid: 'a', alg: 'RS256' };
    answer = { status: 200, body: JSON.stringify({ keys: [jwk] }) };
    server = createServer((_request, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    tokens = connect();
  });

  afterAll(() => server.close());

  function connect(tenantClaim: string | null = null): Tokens {
    const { port } = server.address() as AddressInfo;
    const jwksUrl = `http://127.0.0.1:${port}/jwks`;
    return new Tokens({ jwksUrl, issuer: ISSUER, audience: AUDIENCE }, tenantClaim);
  }

  const token = (header: Partial<JWTHeaderParameters> = {}) =>
    new SignJWT()
      .setProtectedHeader({ alg: 'RS256', kid: 'a', ...header })
      .setSubject('shop')
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setExpirationTime('5m');

  it('gives the subject of a valid token', async () => {
    expect(await tokens.verify(await token().sign(pair.privateKey))).toEqual({
      subject: 'shop',
      tenant: null,
    });
  });

  it.each([
    ['acme', { subject: 'shop', tenant: 'acme' }],
    [undefined, { subject: 'shop', tenant: null }],
    ['*', null],
    [7, null],
    [['acme'], null],
  ])('takes the tenant %j from its claim', async (tenant, expected) => {
    const signed = await new SignJWT({ ...(tenant !== undefined && { tenant }) })
      .setProtectedHeader({ alg: 'RS256', kid: 'a' })
      .setSubject('shop')
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setExpirationTime('5m')
      .sign(pair.privateKey);
    expect(await connect('tenant').verify(signed)).toEqual(expected);
  });

  it.each([
    ['expired', () => token().setExpirationTime('-5m').sign(pair.privateKey)],
    ['not valid yet', () => token().setNotBefore('5m').sign(pair.privateKey)],
    ['from another issuer', () => token().setIssuer('https://evil.example').sign(pair.privateKey)],
    ['for another audience', () => token().setAudience('other').sign(pair.privateKey)],
    [
      'without an end',
      () => new SignJWT().setProtectedHeader({ alg: 'RS256', kid: 'a' }).sign(pair.privateKey),
    ],
    ['by an unknown key', () => token({ kid: 'b' }).sign(pair.privateKey)],
    [
      'by nobody',
      () => Promise.resolve(new UnsecuredJWT({ sub: 'shop', iss: ISSUER, aud: AUDIENCE }).encode()),
    ],
    ['that is none', () => Promise.resolve('a.b.c')],
    [
      'signed with the public key as a shared secret',
      async () => token({ alg: 'HS256' }).sign(new TextEncoder().encode(await exportSPKI(pair.publicKey))),
    ],
    [
      'signed by another key of the same name',
      async () => token().sign((await generateKeyPair('RS256')).privateKey),
    ],
  ])('refuses a token %s', async (_, make) => {
    expect(await tokens.verify(await make())).toBeNull();
  });

  it.each([
    ['fails', { status: 500, body: '' }],
    ['talks nonsense', { status: 200, body: '{"keys":1}' }],
  ])('blames no token when the issuer %s', async (_, broken) => {
    const whole = answer;
    answer = broken;
    await expect(connect().verify(await token().sign(pair.privateKey))).rejects.toThrow(UnavailableError);
    answer = whole;
  });
});
