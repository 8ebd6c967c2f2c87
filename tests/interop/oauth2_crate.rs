//! The `oauth2` crate completes every grant, and introspects. (It refuses to revoke over http, on loopback too.)

use std::collections::HashMap;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::TokioExecutor;
use oauth2::basic::{BasicClient, BasicErrorResponseType};
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IntrospectionUrl, PkceCodeChallenge, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    TokenIntrospectionResponse as _, TokenResponse as _, TokenUrl,
};

use crate::browser::query_param;
use crate::world::{WEB_CALLBACK, World};

type WebClient = BasicClient<EndpointSet, EndpointNotSet, EndpointSet, EndpointNotSet, EndpointSet>;

/// The client `web`, configured from the server's metadata as a person would do it.
async fn web(world: &World) -> WebClient {
    let request =
        http::Request::get(world.url("/.well-known/oauth-authorization-server")).body(Vec::new()).unwrap();
    let metadata = send(request).await.unwrap().into_body();
    let metadata: HashMap<String, serde_json::Value> = serde_json::from_slice(&metadata).unwrap();
    let url = |name: &str| metadata[name].as_str().unwrap().to_owned();
    BasicClient::new(ClientId::new("web".to_owned()))
        .set_client_secret(ClientSecret::new(world.secret.expose().to_owned()))
        .set_auth_uri(AuthUrl::new(url("authorization_endpoint")).unwrap())
        .set_token_uri(TokenUrl::new(url("token_endpoint")).unwrap())
        .set_introspection_url(IntrospectionUrl::new(url("introspection_endpoint")).unwrap())
        .set_redirect_uri(RedirectUrl::new(WEB_CALLBACK.to_owned()).unwrap())
}

async fn send(request: HttpRequest) -> Result<HttpResponse, Error> {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let (parts, body) = client.request(request.map(|body| Full::new(Bytes::from(body)))).await?.into_parts();
    let body = body.collect().await.expect("the answer is complete").to_bytes();
    Ok(HttpResponse::from_parts(parts, body.to_vec()))
}

#[tokio::test]
async fn authorization_code_refresh_and_introspection() {
    let world = World::start().await;
    let client = web(&world).await;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, state) = client
        .authorize_url(CsrfToken::new_random)
        .add_scope(Scope::new("profile".to_owned()))
        .add_scope(Scope::new("calendar".to_owned()))
        .set_pkce_challenge(challenge)
        .url();

    let back = world.alice_agrees(url.as_str(), WEB_CALLBACK).await;
    assert_eq!(query_param(&back, "state").as_deref(), Some(state.secret().as_str()));
    assert_eq!(query_param(&back, "iss").as_deref(), Some(world.issuer.as_str()));
    let code = AuthorizationCode::new(query_param(&back, "code").unwrap());
    let token = client.exchange_code(code).set_pkce_verifier(verifier).request_async(&send).await.unwrap();
    assert_eq!(token.expires_in().unwrap().as_secs(), 900);
    let scopes: Vec<_> = token.scopes().unwrap().iter().map(|scope| scope.as_str()).collect();
    assert_eq!(scopes, ["profile", "calendar"]);

    let refresh_token = token.refresh_token().unwrap();
    let refreshed = client.exchange_refresh_token(refresh_token).request_async(&send).await.unwrap();
    assert_ne!(refreshed.access_token().secret(), token.access_token().secret());
    assert_ne!(refreshed.refresh_token().unwrap().secret(), refresh_token.secret());

    let introspection = client.introspect(refreshed.access_token()).request_async(&send).await.unwrap();
    assert!(introspection.active());
    assert_eq!(introspection.sub(), Some("alice-1"));
    assert_eq!(introspection.iss(), Some(world.issuer.as_str()));
    assert_eq!(introspection.client_id().unwrap().as_str(), "web");
    assert!(introspection.exp() > introspection.iat());
}

#[tokio::test]
async fn client_credentials() {
    let world = World::start().await;
    let client = web(&world).await;

    let scope = Scope::new("calendar".to_owned());
    let token = client.exchange_client_credentials().add_scope(scope).request_async(&send).await.unwrap();

    assert!(token.refresh_token().is_none());
    assert!(client.introspect(token.access_token()).request_async(&send).await.unwrap().active());
}

/// What goes wrong, it can read.
#[tokio::test]
async fn errors() {
    let world = World::start().await;
    let client = web(&world).await;

    let dead = RefreshToken::new("never issued".to_owned());
    let refused = client.exchange_refresh_token(&dead).request_async(&send).await;
    let Err(RequestTokenError::ServerResponse(response)) = refused else { panic!("{refused:?}") };
    assert_eq!(response.error(), &BasicErrorResponseType::InvalidGrant);

    let wrong = client.clone().set_client_secret(ClientSecret::new("a wrong secret".to_owned()));
    let refused = wrong.exchange_client_credentials().request_async(&send).await;
    let Err(RequestTokenError::ServerResponse(response)) = refused else { panic!("{refused:?}") };
    assert_eq!(response.error(), &BasicErrorResponseType::InvalidClient);
}
