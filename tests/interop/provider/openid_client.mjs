// npm openid-client, by its own documentation: `node openid_client.mjs ISSUER`

import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { Person, alice, client, signingKey, works } from './person.mjs';

const issuer = new URL(process.argv[2]);

const discover = (id, authentication, algorithm = 'oidc') => {
  const { id_token_signed_response_alg, userinfo_signed_response_alg } = client(id);
  const metadata = { id_token_signed_response_alg, userinfo_signed_response_alg };
  return oauth.discovery(issuer, id, metadata, authentication, { algorithm, execute: [oauth.allowInsecureRequests] });
};
const web = await discover('web', oauth.ClientSecretBasic(client('web').client_secret));
const poster = await discover('poster', oauth.ClientSecretPost(client('poster').client_secret));
const native = await discover('native', oauth.None());
const signer = await discover('signer', oauth.PrivateKeyJwt(await signingKey()));
const macker = await discover('macker', oauth.ClientSecretJwt(client('macker').client_secret));
for (const config of [web, await discover('native', oauth.None(), 'oauth2')]) {
  assert.equal(config.serverMetadata().issuer, process.argv[2]);
}
assert.equal(web.serverMetadata().supportsPKCE(), true);
works('discovery');

async function logIn(config, redirect_uri, parameters, checks, person = new Person()) {
  const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
  const state = oauth.randomState();
  const url = oauth.buildAuthorizationUrl(config, {
    redirect_uri,
    code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state,
    ...parameters,
  });
  const answer = await person.visit(url, redirect_uri);
  return oauth.authorizationCodeGrant(config, answer, { pkceCodeVerifier, expectedState: state, ...checks });
}

for (const [name, config, redirect_uri] of [
  ['client_secret_basic', web, 'https://web.example/callback'],
  ['client_secret_post', poster, 'https://poster.example/callback'],
  ['none', native, 'http://127.0.0.1:50123/callback'],
  ['private_key_jwt', signer, 'https://signer.example/callback'],
  ['client_secret_jwt', macker, 'https://macker.example/callback'],
]) {
  const token = await logIn(config, redirect_uri, { scope: 'profile calendar' });
  assert.equal(token.token_type, 'bearer');
  assert.equal(token.expiresIn() > 890, true);
  assert.equal(token.scope, 'profile calendar');
  const refreshed = await oauth.refreshTokenGrant(config, token.refresh_token, { scope: 'calendar' });
  assert.equal(refreshed.scope, 'calendar');
  assert.notEqual(refreshed.refresh_token, token.refresh_token);
  const calendar = await oauth.fetchProtectedResource(config, refreshed.access_token, new URL('/calendar', issuer), 'GET');
  assert.equal((await calendar.json()).owner, 'alice-1');
  works(`authorization_code and refresh_token with ${name}`);
}

// Also verifies the signatures, which TLS would make unnecessary (OIDC Core §3.1.3.7).
async function relyingParty(id, configure = () => {}) {
  const config = await discover(id, oauth.ClientSecretBasic(client(id).client_secret));
  oauth.enableNonRepudiationChecks(config);
  configure(config);
  return config;
}

// The profile comes as JSON, or as a JWT for the client that registered so.
for (const [algorithm, id] of [['RS256', 'web'], ['ES256', 'elliptic']]) {
  const config = await relyingParty(id);
  const nonce = oauth.randomNonce();
  const parameters = { scope: 'openid profile email calendar', nonce, max_age: '60' };
  const token = await logIn(config, `https://${id}.example/callback`, parameters,
    { expectedNonce: nonce, idTokenExpected: true, maxAge: 60 });
  assert.equal(header(token.id_token).alg, algorithm);
  assert.equal(token.claims().sub, 'alice-1');
  assert.equal(token.claims().aud, id);
  const refreshed = await oauth.refreshTokenGrant(config, token.refresh_token);
  assert.equal(refreshed.claims().sub, 'alice-1');
  assert.equal(refreshed.claims().auth_time, token.claims().auth_time);
  const userinfo = await oauth.fetchUserInfo(config, refreshed.access_token, 'alice-1');
  for (const [name, value] of Object.entries(alice.claims)) assert.equal(userinfo[name], value);
  works(`ID tokens with ${algorithm}, userinfo`);
}

{
  const config = await relyingParty('pairwise');
  const subjects = [];
  for (let login = 0; login < 2; login++) {
    const token = await logIn(config, 'https://pairwise.example/callback', { scope: 'openid' }, { idTokenExpected: true });
    const { sub } = await oauth.fetchUserInfo(config, token.access_token, token.claims().sub);
    subjects.push(sub);
  }
  assert.equal(subjects[0], subjects[1]);
  assert.notEqual(subjects[0], 'alice-1');
  works('pairwise subject identifiers');
}

{
  const [config, person, state] = [await relyingParty('web'), new Person(), oauth.randomState()];
  const callback = 'https://web.example/callback';
  const token = await logIn(config, callback, { scope: 'openid' }, { idTokenExpected: true }, person);
  // Logged in as they are, nobody is asked.
  await logIn(config, callback, { scope: 'openid', prompt: 'none' }, { idTokenExpected: true }, person);
  const url = oauth.buildEndSessionUrl(config, {
    post_logout_redirect_uri: 'https://web.example/signed-out',
    id_token_hint: token.id_token,
    state,
  });
  const answer = await person.visit(url, 'https://web.example/signed-out');
  assert.equal(answer.searchParams.get('state'), state);
  await assert.rejects(logIn(config, callback, { scope: 'openid', prompt: 'none' }, {}, person), { error: 'login_required' });
  works('logout');
}

for (const response_mode of ['fragment', 'form_post']) {
  const config = await relyingParty('hybrid', oauth.useCodeIdTokenResponseType);
  const nonce = oauth.randomNonce();
  const token = await logIn(config, 'https://hybrid.example/callback', { scope: 'openid', nonce, response_mode },
    { expectedNonce: nonce });
  assert.equal(token.claims().sub, 'alice-1');
  works(`hybrid flow by ${response_mode}`);
}

for (const response_mode of ['fragment', 'form_post']) {
  const config = await relyingParty('hybrid', oauth.useIdTokenResponseType);
  const [nonce, state] = [oauth.randomNonce(), oauth.randomState()];
  const redirect_uri = 'https://hybrid.example/callback';
  const url = oauth.buildAuthorizationUrl(config, { scope: 'openid', redirect_uri, nonce, state, response_mode });
  const answer = await new Person().visit(url, redirect_uri);
  const claims = await oauth.implicitAuthentication(config, answer, nonce, { expectedState: state });
  assert.equal(claims.sub, 'alice-1');
  works(`implicit flow by ${response_mode}`);
}

for (const [name, config] of [
  ['client_secret_basic', web],
  ['client_secret_post', poster],
  ['private_key_jwt', signer],
  ['client_secret_jwt', macker],
]) {
  const token = await oauth.clientCredentialsGrant(config, { scope: 'calendar' });
  const introspection = await oauth.tokenIntrospection(config, token.access_token);
  assert.equal(introspection.active, true);
  assert.equal(introspection.client_id, config.clientMetadata().client_id);
  assert.equal(introspection.scope, 'calendar');
  await oauth.tokenRevocation(config, token.access_token);
  assert.equal((await oauth.tokenIntrospection(config, token.access_token)).active, false);
  works(`client_credentials, introspection and revocation with ${name}`);
}

const trusted = await discover('trusted', oauth.ClientSecretBasic(client('trusted').client_secret));
const { username, password } = alice;
const direct = await oauth.genericGrantRequest(trusted, 'password', { username, password, scope: 'calendar' });
assert.equal(direct.scope, 'calendar');
await oauth.refreshTokenGrant(trusted, direct.refresh_token);
works('password');

const tv = await discover('tv', oauth.None());
const device = await oauth.initiateDeviceAuthorization(tv, { scope: 'calendar' });
const polled = oauth.pollDeviceAuthorizationGrant(tv, device);
await new Person().connect(device.verification_uri_complete, device.user_code);
assert.equal((await polled).scope, 'calendar');
await oauth.refreshTokenGrant(tv, (await polled).refresh_token);
works('device');

await assert.rejects(oauth.refreshTokenGrant(web, 'never issued'), { error: 'invalid_grant', status: 400 });
const wrong = await discover('web', oauth.ClientSecretBasic('a wrong secret, and a long one'));
await assert.rejects(oauth.clientCredentialsGrant(wrong), (error) => error.cause?.[0]?.scheme === 'basic');
await assert.rejects(logIn(web, 'https://web.example/callback', { scope: 'admin' }), { error: 'invalid_scope' });
works('errors');

function header(jwt) {
  return JSON.parse(Buffer.from(jwt.split('.')[0], 'base64url'));
}
