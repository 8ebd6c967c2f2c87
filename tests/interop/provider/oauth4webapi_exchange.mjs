// Token exchange with npm oauth4webapi, by its own documentation: `node oauth4webapi_exchange.mjs ISSUER GATEWAY CALENDAR`

import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { Person, client as registered, works } from './person.mjs';

const [gatewayApi, calendarApi] = process.argv.slice(3);
const issuer = new URL(process.argv[2]);
const insecure = { [oauth.allowInsecureRequests]: true };
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
const handleOf = async (client) => oauth.DPoP(client, await oauth.generateKeyPair('ES256'));

/** Asks again, once, with the nonce that came with the refusal. */
async function withNonce(DPoP, request, process) {
  const once = async () => process(await request({ ...insecure, DPoP }));
  try {
    return await once();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return once();
  }
}

/** Alice's token of the client `web` for the gateway. */
const web = { client_id: 'web' };
const webAuthentication = oauth.ClientSecretBasic(registered('web').client_secret);
async function logIn(DPoP) {
  const [verifier, redirect_uri] = [oauth.generateRandomCodeVerifier(), 'https://web.example/callback'];
  const url = new URL(server.authorization_endpoint);
  url.search = new URLSearchParams({
    client_id: web.client_id,
    redirect_uri,
    response_type: 'code',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    scope: 'calendar',
    resource: gatewayApi,
  });
  const answer = oauth.validateAuthResponse(server, web, await new Person().visit(url, redirect_uri), oauth.expectNoState);
  return withNonce(DPoP,
    (options) => oauth.authorizationCodeGrantRequest(server, web, webAuthentication, answer, redirect_uri, verifier, options),
    (response) => oauth.processAuthorizationCodeResponse(server, web, response));
}

/** Exchanges a token, as a client. */
const exchange = (client, authentication, subject, parameters, DPoP) => withNonce(DPoP,
  (options) => oauth.genericTokenEndpointRequest(server, client, authentication,
    'urn:ietf:params:oauth:grant-type:token-exchange', {
      subject_token: subject.access_token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      ...parameters,
    }, options),
  (response) => oauth.processGenericTokenEndpointResponse(server, client, response));

/** The calendar, as it was called with a token. */
const call = (token, DPoP) => withNonce(DPoP,
  (options) => oauth.protectedResourceRequest(token.access_token, 'GET', new URL('/calendar', issuer), undefined, undefined, options),
  (response) => response.json());

const gateway = { client_id: 'gateway' };
const secret = oauth.ClientSecretBasic(registered('trusted').client_secret);
const subject = await logIn();
const exchanged = await exchange(gateway, secret, subject, { resource: calendarApi });
assert.equal(exchanged.issued_token_type, 'urn:ietf:params:oauth:token-type:access_token');
assert.equal(exchanged.token_type, 'bearer');
assert.equal(exchanged.refresh_token, undefined);
assert.deepEqual(await call(exchanged), {
  owner: 'alice-1',
  asked_by: 'gateway',
  aud: calendarApi,
  act: { sub: 'gateway', client_id: 'gateway' },
  cnf: null,
});
works('a gateway exchanges a token, and act names it');

const key = await handleOf(gateway);
const bound = await exchange(gateway, secret, subject, { resource: calendarApi }, key);
assert.equal(bound.token_type, 'dpop');
assert.equal((await call(bound, key)).cnf.jkt, await key.calculateThumbprint());
const other = await handleOf(gateway);
await assert.rejects(call(bound, other), (error) => error.cause?.some(({ scheme }) => scheme === 'dpop'));
works('a gateway exchanges a token for one that is bound to its own key');

const own = await handleOf(web);
const held = await logIn(own);
assert.equal(held.token_type, 'dpop');
const again = await exchange(web, webAuthentication, held, { resource: calendarApi }, own);
assert.deepEqual((await call(again, own)).act, { sub: 'web', client_id: 'web' });
// Without the key, it is a stolen token.
await assert.rejects(exchange(web, webAuthentication, held, { resource: calendarApi }), { error: 'invalid_request' });
await assert.rejects(exchange(web, webAuthentication, held, { resource: calendarApi }, await handleOf(web)),
  { error: 'invalid_request' });
works('a bound token exchanged by its holder');

for (const elsewhere of [{ resource: gatewayApi }, { audience: 'https://elsewhere.example' }]) {
  await assert.rejects(exchange(gateway, secret, subject, elsewhere), { error: 'invalid_target' });
}
works('an exchange for elsewhere is refused');
