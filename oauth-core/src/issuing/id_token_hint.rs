//! `id_token_hint`: an ID token that comes back (OIDC Core §3.1.2.1, RP-Initiated Logout §2).

use crate::claims::one_or_many;
use crate::error::{Error, Result};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::jose::{Expect, JwtKind, KeySet, VerifyingKey};
use crate::openid::IdTokenSigner as _;
use crate::request::IdTokenHint;

impl IdTokenHint {
    /// Verifies that it is an ID token of this server, signed with a key that it still publishes.
    ///
    /// Expiry is not looked at: RP-Initiated Logout §2, servers "SHOULD accept ID Tokens when the RP identified by the ID
    /// Token's `aud` claim and/or `sid` claim has a current session or had a recent session at the OP, even when the `exp`
    /// time has passed".
    pub(crate) fn verify<S: AuthorizationServer>(server: &RunningServer<S>, hint: &str) -> Result<Self> {
        Self::read(server, hint)
            .ok_or_else(|| Error::invalid_request("id_token_hint is not an ID token of this server"))
    }

    fn read<S: AuthorizationServer>(server: &RunningServer<S>, hint: &str) -> Option<Self> {
        let jwks = server.id_tokens().jwks();
        let keys: KeySet = jwks.iter().filter_map(|jwk| VerifyingKey::from_jwk(jwk).ok()).collect();
        // The same keys may sign access tokens: one kind is never taken for another (RFC 8725 §3.11).
        let expect = Expect::new(JwtKind::IdToken, server.now()).issuer(server.issuer()).any_audience();
        let jwt = expect.may_have_expired().verify(&keys, hint).ok()?;
        let aud = one_or_many(jwt.claims.get("aud"))?.into_iter().map(str::to_owned).collect();
        Some(Self { sub: jwt.text("sub")?.to_owned(), aud, sid: jwt.text("sid").map(str::to_owned) })
    }
}
