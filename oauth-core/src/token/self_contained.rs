//! Access tokens that no store keeps: what they say of themselves to their server.
//!
//! RFC 6749 §1.4: a token "may self-contain the authorization information in a verifiable manner (i.e., a token string consisting of
//! some data and a signature)".

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_rules::claim::OF_ITS_SERVER;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::claims::one_or_many;
use crate::error::{Error, Result};
use crate::jose::{Claim, ClaimsSet as _, JwtClaims, JwtKind, Unverified, VerifiedTokens, text, time};
use crate::model::{AccessToken, Authorization, ClaimRequest, ClaimsRequest, FamilyId, IdTokenContext};
use crate::openid::PairwiseKey;
use crate::request::{Carried, Request};
use crate::scope::ScopeSet;
use crate::sealed::{Purpose, open_bytes, seal_bytes};
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The claims of a token that are not told by others.
const REGISTERED: [&str; 10] =
    ["iss", "exp", "sub", "client_id", "iat", "jti", "scope", "auth_time", "acr", OF_ITS_SERVER];

/// A sealed text is filled up to a multiple of this many bytes, so that its length tells of nobody's name.
const BLOCK: usize = 128;

/// The claim that is for the server alone: what the others do not tell of the record that a store would keep. What a newer server
/// says and this one does not understand makes the token unknown.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Own {
    /// The person, unless `sub` is.
    #[serde(rename = "sub", skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// The time of the decision, unless `iat` is.
    #[serde(rename = "iat", skip_serializing_if = "Option::is_none")]
    granted_at: Option<UnixTime>,
    #[serde(rename = "fam", skip_serializing_if = "Option::is_none")]
    family: Option<FamilyId>,
    #[serde(rename = "ses", skip_serializing_if = "Option::is_none")]
    session: Option<FamilyId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    amr: Vec<String>,
    /// True if `aud` are resources that were granted (RFC 8707).
    #[serde(rename = "res", skip_serializing_if = "std::ops::Not::not")]
    is_for_resources: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Value>,
    /// The binding of what was granted, where the token itself is not bound.
    #[serde(rename = "cnf", skip_serializing_if = "Option::is_none")]
    confirmation: Option<Value>,
    /// The claims that the client asked for from the userinfo endpoint.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    userinfo: BTreeMap<String, ClaimRequest>,
}

/// Makes what the token of a request carries for its server. With a key for pairwise identifiers it is sealed: neither a client nor an
/// API learns who somebody is beyond `sub`, nor by what else two of them could tell that they know the same person (OIDC Core §8.1).
///
/// # Errors
///
/// `server_error` if the client is to know the person by another name, and there is no key.
pub(super) fn carry(request: &Request, key: Option<&PairwiseKey>) -> Result<Carried> {
    let jti = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>());
    let own = Own::of(request)?;
    let known_as = request.subject_identifier();
    if key.is_none() && own.subject.as_deref().is_some_and(|subject| Some(subject) != known_as) {
        return Err(Error::server(
            "what a pairwise client does not know would be in its token: add `#[pairwise_key] key: PairwiseKey` (OpenID Connect \
             Core §8.1)",
        ));
    }
    let claim = match key {
        // Of a client that speaks for itself, there is nothing to seal.
        Some(key) if own != Own::default() => Value::String(own.seal(key, &jti)?),
        _ => serde_json::to_value(&own).map_err(Error::server)?,
    };
    Ok(Carried { jti, claim })
}

/// The tokens that a server has recognized.
pub(crate) type RecognizedTokens = VerifiedTokens<Arc<AccessToken>>;

/// The hash of the record that a token would have, whoever wrote it; `None` if it cannot be self-contained. Logs leave signatures out:
/// it is the same without.
pub(crate) fn hash_of(token: &str) -> Option<TokenHash> {
    let (signed, _) = token.rsplit_once('.')?;
    let unsigned = [signed, "."].concat();
    let (_, unverified) = Unverified::read(&[JwtKind::AccessToken], &unsigned).ok()?;
    unverified.text("jti").map(TokenHash::of_jti)
}

/// The record of a token that was verified, as a store would have kept it; `None` if it is not self-contained.
pub(super) fn read(jwt: &JwtClaims, key: Option<&PairwiseKey>) -> Option<AccessToken> {
    let (issued_at, expires_at) = (time(jwt, "iat").ok()??, time(jwt, "exp").ok()??);
    let (auth_time, acr) = (time(jwt, "auth_time").ok()?, text(jwt, "acr").map(str::to_owned));
    let (client_id, sub, jti) = (text(jwt, "client_id")?, text(jwt, "sub")?, text(jwt, "jti")?);
    let own = match jwt.claim(OF_ITS_SERVER)? {
        Claim::Text(sealed) => Own::open(sealed, key?, jti)?,
        Claim::Value(plain) if plain.is_object() => Own::deserialize(plain).ok()?,
        Claim::Value(_) => return None,
    };
    let scopes =
        text(jwt, "scope").map_or_else(|| Some(ScopeSet::new()), |scope| ScopeSet::parse(scope).ok())?;
    // RFC 9068 §2.2: without a person, `sub` is the client.
    let subject = own.subject.or_else(|| (sub != client_id).then(|| sub.to_owned()));
    let context = |userinfo| IdTokenContext {
        claims: ClaimsRequest { userinfo, ..ClaimsRequest::default() },
        ..IdTokenContext::default()
    };
    let authorization = Authorization {
        subject,
        auth_time,
        acr,
        amr: own.amr,
        scopes: scopes.clone(),
        details: own.details,
        confirmation: own.confirmation,
        openid: (!own.userinfo.is_empty()).then(|| context(own.userinfo)),
        family: own.family,
        session: own.session,
        ..Authorization::new(client_id, own.granted_at.unwrap_or(issued_at))
    };
    let claims = jwt.without(&REGISTERED);
    let resources = one_or_many(claims.get("aud")).filter(|_| own.is_for_resources).unwrap_or_default();
    let resources = resources.into_iter().map(str::to_owned).collect();
    let granted = claims.iter().filter(|(name, _)| !matches!(name.as_str(), "aud" | "cnf"));
    let granted = granted.map(|(name, value)| (name.clone(), value.clone())).collect();
    let authorization = Authorization { resources, claims: granted, ..authorization };
    let authorization = Arc::new(authorization);
    Some(AccessToken {
        hash: TokenHash::of_jti(jti),
        authorization,
        scopes,
        claims: claims.into(),
        issued_at,
        expires_at,
    })
}

impl Own {
    fn of(request: &Request) -> Result<Self> {
        let authorization = request.authorization()?;
        // Each field: whoever adds one decides what a token tells of it.
        let Authorization {
            client_id,
            subject,
            auth_time: _,
            acr: _,
            amr,
            scopes: _,
            resources,
            details,
            confirmation,
            claims: _,
            openid,
            family,
            session,
            granted_at,
        } = &*authorization;
        let known_as = request.subject_identifier();
        let is_sub = |subject: &String| Some(subject.as_str()) == known_as && subject != client_id;
        let is_bound = request.confirmation.is_some();
        Ok(Self {
            subject: subject.clone().filter(|subject| !is_sub(subject)),
            granted_at: Some(*granted_at).filter(|granted_at| *granted_at != request.now()),
            family: *family,
            session: *session,
            amr: amr.clone(),
            is_for_resources: !resources.is_empty(),
            details: details.clone(),
            confirmation: confirmation.clone().filter(|_| !is_bound),
            userinfo: openid.as_ref().map(|openid| openid.claims.userinfo.clone()).unwrap_or_default(),
        })
    }

    fn seal(&self, key: &PairwiseKey, jti: &str) -> Result<String> {
        let mut text = serde_json::to_vec(self).map_err(Error::server)?;
        // RFC 8259 §2: blanks around a value are none of it.
        text.resize(text.len().next_multiple_of(BLOCK), b' ');
        let secret = key.secret_of_token(jti);
        Ok(URL_SAFE_NO_PAD.encode(seal_bytes(Purpose::SelfContained, secret.as_ref(), &text)?))
    }

    fn open(sealed: &str, key: &PairwiseKey, jti: &str) -> Option<Self> {
        let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let secret = key.secret_of_token(jti);
        serde_json::from_slice(&open_bytes(Purpose::SelfContained, secret.as_ref(), &sealed)?).ok()
    }
}
