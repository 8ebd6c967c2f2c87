// Token exchange with npm openid-client, by its own documentation: `node openid_client_exchange.mjs ISSUER GATEWAY CALENDAR`

import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { Person, client, works } from './person.mjs';

const [gatewayApi, calendarApi] = process.argv.slice(3);
const issuer = new URL(process.argv[2]);
const execute = [oauth.allowInsecureRequests];
const discover = (id, secret) => oauth.discovery(issuer, id, {}, oauth.ClientSecretBasic(secret), { execute });
const web = await discover('web', client('web').client_secret);
const gateway = await discover('gateway', client('trusted').client_secret);
const handleOf = async (config) => oauth.getDPoPHandle(config, await oauth.randomDPoPKeyPair());

/** Alice's token of the client `web` for the gateway. */
async function logIn(options) {
  const [pkceCodeVerifier, redirect_uri] = [oauth.randomPKCECodeVerifier(), 'https://web.example/callback'];
  const url = oauth.buildAuthorizationUrl(web, {
    redirect_uri,
    scope: 'calendar',
    resource: gatewayApi,
    code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const answer = await new Person().visit(url, redirect_uri);
  return oauth.authorizationCodeGrant(web, answer, { pkceCodeVerifier }, undefined, options);
}

/** Exchanges a token, as a client. */
const exchange = (config, subject, parameters, options) =>
  oauth.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:token-exchange', {
    subject_token: subject.access_token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    ...parameters,
  }, options);

/** The calendar, as it was called with a token. */
async function call(config, token, options) {
  const url = new URL('/calendar', issuer);
  const answer = await oauth.fetchProtectedResource(config, token.access_token, url, 'GET', undefined, undefined, options);
  return answer.json();
}

const subject = await logIn();
const exchanged = await exchange(gateway, subject, { resource: calendarApi });
assert.equal(exchanged.issued_token_type, 'urn:ietf:params:oauth:token-type:access_token');
assert.equal(exchanged.token_type, 'bearer');
assert.deepEqual(await call(gateway, exchanged), {
  owner: 'alice-1',
  asked_by: 'gateway',
  aud: calendarApi,
  act: { sub: 'gateway', client_id: 'gateway' },
  cnf: null,
});
works('a gateway exchanges a token, and act names it');

const DPoP = await handleOf(gateway);
const bound = await exchange(gateway, subject, { resource: calendarApi }, { DPoP });
assert.equal(bound.token_type, 'dpop');
assert.equal((await call(gateway, bound, { DPoP })).cnf.jkt, await DPoP.calculateThumbprint());
const challenged = (error) => error.cause?.some(({ scheme }) => scheme === 'dpop');
await assert.rejects(call(gateway, bound, { DPoP: await handleOf(gateway) }), challenged);
works('a gateway exchanges a token for one that is bound to its own key');

const own = { DPoP: await handleOf(web) };
const held = await logIn(own);
assert.equal(held.token_type, 'dpop');
const again = await exchange(web, held, { resource: calendarApi }, own);
assert.deepEqual((await call(web, again, own)).act, { sub: 'web', client_id: 'web' });
// Without the key, it is a stolen token.
for (const options of [undefined, { DPoP: await handleOf(web) }]) {
  await assert.rejects(exchange(web, held, { resource: calendarApi }, options), { error: 'invalid_request' });
}
works('a bound token exchanged by its holder');

for (const elsewhere of [{ resource: gatewayApi }, { audience: 'https://elsewhere.example' }]) {
  await assert.rejects(exchange(gateway, subject, elsewhere), { error: 'invalid_target' });
}
works('an exchange for elsewhere is refused');
