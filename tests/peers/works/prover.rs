//! A client's key, by which its tokens are bound, and the tokens and proofs that an API takes.

use std::time::Duration;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::jose::{JwtType, SigningKeys as _, thumbprint};
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use serde_json::json;

use crate::Result;
use crate::servers::CLIENT;
use crate::servers::provider::{ISSUER, PERSON};

/// The lifetime of a token.
const LIFETIME: Duration = Duration::from_hours(1);

/// A token, by who takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// An API, from anyone.
    Bearer,
    /// An API, from who has the key.
    Key,
    /// Its server, which kept none.
    Server,
}

pub(super) struct Prover {
    key: SigningKey,
    header: String,
    jkt: String,
}

impl Prover {
    pub(super) fn new() -> Result<Self> {
        let key = SigningKey::generate(Algorithm::ES256)?;
        let jwk = key.verifying_key().public_jwk().ok_or("the key has no public half")?;
        let header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": jwk }).to_string();
        let jkt = thumbprint(jwk).ok_or("the key has no thumbprint")?;
        Ok(Self { header: URL_SAFE_NO_PAD.encode(header), jkt, key })
    }

    /// The header with a proof of the key, and of the token that comes with it.
    pub(super) async fn header(&self, method: &str, url: &str, token: Option<&str>) -> Result<String> {
        let jti = SecretString::random();
        let mut claims = json!({ "jti": jti.expose(), "htm": method, "htu": url, "iat": UnixTime::now() });
        if let Some(token) = token {
            let hash = digest::digest(&digest::SHA256, token.as_bytes());
            claims["ath"] = URL_SAFE_NO_PAD.encode(hash).into();
        }
        let message = format!("{}.{}", self.header, URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signature = URL_SAFE_NO_PAD.encode(self.key.sign(message.as_bytes()).await?);
        Ok(format!("DPoP: {message}.{signature}\r\n"))
    }

    /// A token as its issuer makes it, with this key of the issuer's; of another client than this prover, it is not bound.
    pub(super) async fn token(&self, issuer: &KeyRing, of: Of) -> Result<String> {
        let (now, jti) = (UnixTime::now(), SecretString::random());
        let mut claims = json!({
            "iss": ISSUER, "exp": now + LIFETIME, "aud": ISSUER, "sub": PERSON, "client_id": CLIENT, "iat": now,
            "jti": jti.expose(), "scope": "profile",
        });
        match of {
            Of::Bearer => {}
            Of::Key => claims["cnf"] = json!({ "jkt": self.jkt }),
            // Which has no more to say to itself than the claims do.
            Of::Server => claims["oauth_core"] = json!({}),
        }
        Ok(issuer.active().sign_jwt(JwtType::AccessToken, &claims).await?)
    }
}
