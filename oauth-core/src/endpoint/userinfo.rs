//! The userinfo endpoint, OIDC Core §5.3: what a client that speaks for a person is told of them.

use http::header::CACHE_CONTROL;
use http::{HeaderValue, StatusCode};
use serde_json::{Map, Value};

use crate::binding;
use crate::binding::Challenge;
use crate::claims::names_audience;
use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{AuthorizationServer, Endpoint, Route, RunningServer};
use crate::http::{Response, json, jwt};
use crate::issuing::claim_replay_ids;
use crate::jose::JwtType;
use crate::model::IdTokenContext;
use crate::openid::{IdTokenSigner as _, subject_identifier, userinfo_claims};
use crate::request::{Request, RequestBody};
use crate::scope::ScopeSet;

/// A userinfo response.
enum Userinfo {
    /// `application/json`.
    Json(Map<String, Value>),
    /// `application/jwt`: §5.3.2, "signed, then the Claims are returned in a JWT".
    Jwt(String),
}

/// `userinfo_endpoint`.
pub(crate) struct UserinfoEndpoint;

impl<S: AuthorizationServer> Endpoint<S> for UserinfoEndpoint {
    const ROUTE: Route = Route::USERINFO;
    const PATH: Option<&'static str> =
        if S::IdTokens::IS_OPENID_PROVIDER { S::CONFIG.endpoints.userinfo } else { None };
    /// §5.3: "The UserInfo Endpoint MUST support the use of the HTTP GET and HTTP POST methods".
    const METHODS: &'static str = "GET, POST";
    /// A POST with its token in the header has no body, and no type of one.
    const BODY: RequestBody = RequestBody::OptionalForm;

    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        let answer = respond(server, request).await;
        let mut response = match answer {
            Ok(Userinfo::Json(claims)) => json(StatusCode::OK, &claims),
            Ok(Userinfo::Jwt(token)) => jwt(token),
            Err(challenge) => challenge.to_response(),
        };
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    }

    fn refuse(server: &RunningServer<S>, error: &Error, _: Option<&Request>) -> Response {
        let mut response = challenge(server).refused(error).to_response();
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// The challenge to a request without a token.
fn challenge<S: AuthorizationServer>(server: &RunningServer<S>) -> Challenge {
    Challenge::new(server.issuer()).schemes(binding::schemes(server.bindings()))
}

/// Answers a userinfo request.
///
/// # Errors
///
/// The challenge of RFC 6750 §3, as §5.3.3 wants it. The realm is the issuer.
async fn respond<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<Userinfo, Challenge> {
    let challenge = || challenge(server);
    match server.bearer().get_token_from_request(request) {
        Ok(Some(_)) => {}
        Ok(None) => return Err(challenge()),
        Err(error) => return Err(challenge().refused(&error)),
    }
    // §5.3.1: an access token "obtained from the OpenID Connect Authentication Request", which has the scope `openid`.
    let scopes = ScopeSet::from_static(["openid"]);
    tell(server, &scopes, request).await.map_err(|error| {
        let is_insufficient = error.code() == ErrorCode::InsufficientScope;
        challenge().refused(&error).scope(if is_insufficient { scopes } else { ScopeSet::new() })
    })
}

async fn tell<S: AuthorizationServer>(
    server: &RunningServer<S>,
    scopes: &ScopeSet,
    request: &mut Request,
) -> Result<Userinfo> {
    let token = server.bearer().validate_request_scopes(request, scopes).await?;
    // What was granted for resources (RFC 8707) is for them, though one of them has the audience of all other tokens, too.
    if !token.authorization.resources.is_empty() && !names_audience(&token.claims, server.issuer()) {
        return Err(Error::invalid_token("the access token is meant for another audience"));
    }
    claim_replay_ids(server, request).await?;
    let client = request.require_client()?;
    let subject =
        token.subject().ok_or_else(|| Error::invalid_token("the access token speaks for nobody"))?;
    let mut context = IdTokenContext::default();
    if let Some(openid) = &token.authorization.openid {
        context.claims.userinfo.clone_from(&openid.claims.userinfo);
    }
    request.validated.openid = Some(context);
    // Hooks know the person as the client does.
    let sub = subject_identifier(server.pairwise_key(), &client, subject)?.into_owned();
    request.pairwise_identifier = Some(sub.clone());
    let mut claims = userinfo_claims(server.validator(), request).await?;
    // §5.3.2: "The sub (subject) Claim MUST always be returned in the UserInfo Response", and §5.3.4: it "MUST be verified
    // to exactly match the sub Claim in the ID Token".
    claims.insert("sub".to_owned(), sub.into());
    sign(server, &client, claims).await
}

/// §5.3.2: "If signed, the UserInfo Response MUST contain the Claims iss (issuer) and aud (audience) as members. The iss
/// value MUST be the OP's Issuer Identifier URL. The aud value MUST be or include the RP's Client ID value."
async fn sign<S: AuthorizationServer>(
    server: &RunningServer<S>,
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
    claims.insert("iss".to_owned(), server.issuer().into());
    claims.insert("aud".to_owned(), client.client_id.as_str().into());
    key.sign_jwt(JwtType::Jwt, &claims).await.map(Userinfo::Jwt)
}
