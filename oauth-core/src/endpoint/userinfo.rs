//! The userinfo endpoint, OIDC Core §5.3: what a client that speaks for a person is told of them.

use serde_json::{Map, Value};

use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::grant::bearer;
use crate::jose::JwtType;
use crate::openid::{IdTokenContext, IdTokenSigner as _, subject_identifier, userinfo_claims};
use crate::request::Request;
use crate::resource::Challenge;
use crate::scope::ScopeSet;
use crate::server::{AuthorizationServer, RunningServer};

/// A userinfo response.
#[derive(Debug)]
pub(crate) enum Userinfo {
    /// `application/json`.
    Json(Map<String, Value>),
    /// `application/jwt`: §5.3.2, "signed, then the Claims are returned in a JWT".
    Jwt(String),
}

/// Answers a userinfo request.
///
/// # Errors
///
/// The challenge of RFC 6750 §3, as §5.3.3 wants it. The realm is the issuer.
pub(crate) async fn respond<S: AuthorizationServer>(
    server: &RunningServer<S>,
    issuer: &str,
    request: &mut Request,
) -> Result<Userinfo, Challenge> {
    let challenge = || Challenge::new(issuer);
    match bearer(server).get_token_from_request(request) {
        Ok(Some(_)) => {}
        Ok(None) => return Err(challenge()),
        Err(error) => return Err(challenge().refused(&error)),
    }
    // §5.3.1: an access token "obtained from the OpenID Connect Authentication Request", which has the scope `openid`.
    let scopes = ScopeSet::from_static(["openid"]);
    tell(server, issuer, &scopes, request).await.map_err(|error| {
        let is_insufficient = error.code() == ErrorCode::InsufficientScope;
        challenge().refused(&error).scope(if is_insufficient { scopes } else { ScopeSet::new() })
    })
}

async fn tell<S: AuthorizationServer>(
    server: &RunningServer<S>,
    issuer: &str,
    scopes: &ScopeSet,
    request: &mut Request,
) -> Result<Userinfo> {
    let token = bearer(server).validate_request_scopes(request, scopes).await?;
    let client = request.require_client()?;
    let subject =
        token.subject().ok_or_else(|| Error::invalid_token("the access token speaks for nobody"))?;
    let mut context = IdTokenContext::default();
    if let Some(openid) = &token.authorization.openid {
        context.claims.userinfo.clone_from(&openid.claims.userinfo);
    }
    request.openid = Some(context);
    // Hooks know the person as the client does.
    let sub = subject_identifier(server.pairwise_key(), &client, subject)?.into_owned();
    request.pairwise_identifier = Some(sub.clone());
    let mut claims = userinfo_claims(server.validator(), request).await?;
    // §5.3.2: "The sub (subject) Claim MUST always be returned in the UserInfo Response", and §5.3.4: it "MUST be verified
    // to exactly match the sub Claim in the ID Token".
    claims.insert("sub".to_owned(), sub.into());
    sign(server, issuer, &client, claims)
}

/// §5.3.2: "If signed, the UserInfo Response MUST contain the Claims iss (issuer) and aud (audience) as members. The iss
/// value MUST be the OP's Issuer Identifier URL. The aud value MUST be or include the RP's Client ID value."
fn sign<S: AuthorizationServer>(
    server: &RunningServer<S>,
    issuer: &str,
    client: &Client,
    mut claims: Map<String, Value>,
) -> Result<Userinfo> {
    let Some(algorithm) = client.userinfo_signed_response_alg else {
        return Ok(Userinfo::Json(claims));
    };
    let mut keys = server.id_tokens().signing_keys().into_iter();
    let key = keys.find(|key| key.algorithm() == algorithm).ok_or_else(|| {
        Error::server(format!(
            "client `{}` registered userinfo_signed_response_alg `{algorithm:?}`, which no signing key can do: see \
             userinfo_signing_alg_values_supported",
            client.client_id
        ))
    })?;
    claims.insert("iss".to_owned(), issuer.into());
    claims.insert("aud".to_owned(), client.client_id.as_str().into());
    key.sign_jwt(JwtType::Jwt, &claims).map(Userinfo::Jwt)
}
