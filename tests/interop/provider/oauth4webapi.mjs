// npm oauth4webapi, by its own documentation: `node oauth4webapi.mjs ISSUER`

import assert from 'node:assert/strict';
import { SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import { Person, alice, client as registered, signingKey, works } from './person.mjs';

const issuer = new URL(process.argv[2]);
const insecure = { [oauth.allowInsecureRequests]: true };

const discovered = await oauth.discoveryRequest(issuer, insecure);
const server = await oauth.processDiscoveryResponse(issuer, discovered);
works('discovery');

async function logIn(client, authentication, redirect_uri, parameters, checks) {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const url = new URL(server.authorization_endpoint);
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri,
    response_type: 'code',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    ...parameters,
  });
  const arrived = await new Person().visit(url, redirect_uri);
  const answer = parameters.response_type === undefined
    ? oauth.validateAuthResponse(server, client, arrived, state)
    : await oauth.validateCodeIdTokenResponse(server, client, arrived, checks.expectedNonce, state, undefined, insecure);
  const response =
    await oauth.authorizationCodeGrantRequest(server, client, authentication, answer, redirect_uri, verifier, insecure);
  const token = await oauth.processAuthorizationCodeResponse(server, client, response, checks);
  if (checks !== undefined) await oauth.validateApplicationLevelSignature(server, response, insecure);
  return token;
}

async function refresh(client, authentication, token) {
  const response = await oauth.refreshTokenGrantRequest(server, client, authentication, token, insecure);
  return oauth.processRefreshTokenResponse(server, client, response);
}

async function introspect(client, authentication, token) {
  const response = await oauth.introspectionRequest(server, client, authentication, token, insecure);
  return oauth.processIntrospectionResponse(server, client, response);
}

const web = { client_id: 'web' };
const basic = oauth.ClientSecretBasic(registered('web').client_secret);
const native = { client_id: 'native' };

for (const [name, client, authentication, redirect_uri] of [
  ['client_secret_basic', web, basic, 'https://web.example/callback'],
  ['none', native, oauth.None(), 'http://127.0.0.1:50123/callback'],
  ['private_key_jwt', { client_id: 'signer' }, oauth.PrivateKeyJwt(await signingKey()), 'https://signer.example/callback'],
  [
    'client_secret_jwt',
    { client_id: 'macker' },
    oauth.ClientSecretJwt(registered('macker').client_secret),
    'https://macker.example/callback',
  ],
]) {
  const token = await logIn(client, authentication, redirect_uri, { scope: 'profile' });
  assert.equal(token.scope, 'profile');
  assert.equal(typeof token.expires_in, 'number');
  const refreshed = await refresh(client, authentication, token.refresh_token);
  assert.notEqual(refreshed.access_token, token.access_token);
  works(`authorization_code and refresh_token with ${name}`);
}

for (const [name, id, response_type] of [
  ['ID tokens with RS256', 'web'],
  ['ID tokens with ES256', 'elliptic'],
  ['hybrid flow', 'hybrid', 'code id_token'],
]) {
  const { id_token_signed_response_alg, userinfo_signed_response_alg } = registered(id);
  const client = { client_id: id, id_token_signed_response_alg, userinfo_signed_response_alg };
  const authentication = oauth.ClientSecretBasic(registered(id).client_secret);
  const expectedNonce = oauth.generateRandomNonce();
  const parameters = { scope: 'openid profile', nonce: expectedNonce, ...(response_type && { response_type }) };
  const token = await logIn(client, authentication, `https://${id}.example/callback`, parameters,
    { expectedNonce, requireIdToken: true });
  assert.equal(oauth.getValidatedIdTokenClaims(token).sub, 'alice-1');
  const userinfo = await oauth.processUserInfoResponse(server, client, 'alice-1',
    await oauth.userInfoRequest(server, client, token.access_token, insecure));
  assert.equal(userinfo.name, alice.claims.name);
  assert.equal(userinfo.email, undefined);
  works(`${name}, userinfo`);
}

const response =
  await oauth.clientCredentialsGrantRequest(server, web, basic, new URLSearchParams({ scope: 'calendar' }), insecure);
const token = await oauth.processClientCredentialsResponse(server, web, response);
assert.equal(token.refresh_token, undefined);
works('client_credentials');

assert.equal((await introspect(web, basic, token.access_token)).active, true);
await oauth.processRevocationResponse(
  await oauth.revocationRequest(server, web, basic, token.access_token, insecure));
assert.deepEqual(await introspect(web, basic, token.access_token), { active: false });
works('introspection and revocation');

// RFC 9068, with the keys of `jwks_uri`.
const fresh = await logIn(web, basic, 'https://web.example/callback', { scope: 'calendar' });
const request = new Request('https://api.example/', { headers: { authorization: `Bearer ${fresh.access_token}` } });
const calendar = await oauth.protectedResourceRequest(
  fresh.access_token, 'GET', new URL('/calendar', issuer), undefined, undefined, insecure);
assert.equal((await calendar.json()).owner, 'alice-1');
const { payload, audience } = await accessToken(fresh.access_token);
const claims = await oauth.validateJwtAccessToken(server, request, audience, insecure);
assert.equal(claims.sub, 'alice-1');
assert.equal(claims.client_id, 'web');
assert.equal(claims.scope, payload.scope);
works('JWT access token and protected resource');

const trusted = { client_id: 'trusted' };
const trustedBasic = oauth.ClientSecretBasic(registered('trusted').client_secret);
const { username, password } = alice;
const direct = await oauth.processGenericTokenEndpointResponse(server, trusted,
  await oauth.genericTokenEndpointRequest(server, trusted, trustedBasic, 'password', { username, password }, insecure));
assert.equal(direct.scope, registered('trusted').scope);
works('password');

const tv = { client_id: 'tv' };
const device = await oauth.processDeviceAuthorizationResponse(server, tv,
  await oauth.deviceAuthorizationRequest(server, tv, oauth.None(), new URLSearchParams({ scope: 'calendar' }), insecure));
const poll = async () => oauth.processDeviceCodeResponse(server, tv,
  await oauth.deviceCodeGrantRequest(server, tv, oauth.None(), device.device_code, insecure));
await assert.rejects(poll(), { error: 'authorization_pending' });
await assert.rejects(poll(), { error: 'slow_down' });
await new Person().connect(device.verification_uri, device.user_code);
// RFC 8628 §3.5: `slow_down` makes the interval 5 seconds longer, from then on.
await new Promise((done) => setTimeout(done, (device.interval + 5) * 1000));
assert.equal((await poll()).scope, 'calendar');
await assert.rejects(poll(), { error: 'invalid_grant' });
works('device');

const now = Math.floor(Date.now() / 1000);
const { key, kid } = await signingKey();
const spoken = { iss: 'signer', sub: 'alice-1', aud: server.token_endpoint, iat: now, exp: now + 60 };
const assertion = await new SignJWT({ ...spoken, jti: crypto.randomUUID() })
  .setProtectedHeader({ alg: 'ES256', kid })
  .sign(key);
const signer = { client_id: 'signer' };
const forAlice = async () => oauth.processGenericTokenEndpointResponse(server, signer,
  await oauth.genericTokenEndpointRequest(server, signer, oauth.PrivateKeyJwt({ key, kid }),
    'urn:ietf:params:oauth:grant-type:jwt-bearer', { assertion, scope: 'calendar' }, insecure));
const delegated = await oauth.protectedResourceRequest(
  (await forAlice()).access_token, 'GET', new URL('/calendar', issuer), undefined, undefined, insecure);
assert.deepEqual(await delegated.json(), { owner: 'alice-1', asked_by: 'signer', events: [] });
await assert.rejects(forAlice(), { error: 'invalid_grant' });
works('jwt-bearer');

await assert.rejects(refresh(web, basic, 'never issued'), { error: 'invalid_grant', status: 400 });
works('errors');

/** What is in a token, and whom it is for: an API knows its own name, and here nobody is one. */
async function accessToken(token) {
  const payload = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  return { payload, audience: [payload.aud].flat()[0] };
}
