//! The `oauth2` crate.

use oauth_tests::claims;
use oauth2::basic::{BasicClient, BasicErrorResponseType};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, DeviceAuthorizationUrl,
    EndpointSet, IntrospectionUrl, PkceCodeChallenge, RedirectUrl, RefreshToken, RequestTokenError,
    ResourceOwnerPassword, ResourceOwnerUsername, RevocationUrl, Scope, StandardDeviceAuthorizationResponse,
    StandardRevocableToken, TokenIntrospectionResponse as _, TokenResponse as _, TokenUrl,
};
use serde_json::Value;

use crate::http::send;
use crate::strict;
use crate::strict::{CALENDAR, GATEWAY};
use crate::support::Example;
use crate::support::browser::{Browser, query_param};
use crate::world::{alice, alice_agrees, alice_agrees_at, alice_connects, secret, start};

type Configured = BasicClient<EndpointSet, EndpointSet, EndpointSet, EndpointSet, EndpointSet>;

const CLIENTS: [(&str, AuthType, &str); 3] = [
    ("web", AuthType::BasicAuth, "https://web.example/callback"),
    ("poster", AuthType::RequestBody, "https://poster.example/callback"),
    ("native", AuthType::RequestBody, "http://127.0.0.1:50123/callback"),
];

/// A client, configured from the provider's metadata as a person would do it.
async fn client(provider: &Example, (id, method, redirect_uri): (&str, AuthType, &str)) -> Configured {
    let metadata = provider.browser().get("/.well-known/oauth-authorization-server").await.json();
    let url = |name: &str| metadata[name].as_str().unwrap().to_owned();
    let revocation = url("revocation_endpoint").replace("http://", "https://");
    let client = BasicClient::new(ClientId::new(id.to_owned()))
        .set_auth_type(method)
        .set_auth_uri(AuthUrl::new(url("authorization_endpoint")).unwrap())
        .set_device_authorization_url(
            DeviceAuthorizationUrl::new(url("device_authorization_endpoint")).unwrap(),
        )
        .set_token_uri(TokenUrl::new(url("token_endpoint")).unwrap())
        .set_introspection_url(IntrospectionUrl::new(url("introspection_endpoint")).unwrap())
        .set_revocation_url(RevocationUrl::new(revocation).unwrap())
        .set_redirect_uri(RedirectUrl::new(redirect_uri.to_owned()).unwrap());
    match secret(id) {
        Value::String(secret) => client.set_client_secret(ClientSecret::new(secret)),
        _ => client,
    }
}

#[tokio::test]
async fn authorization_code_and_refresh() {
    let provider = start();
    for configuration in CLIENTS {
        let client = client(&provider, configuration.clone()).await;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state) = client
            .authorize_url(CsrfToken::new_random)
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();

        let back = alice_agrees(&provider, url.as_str(), configuration.2).await;
        assert_eq!(query_param(&back, "state").as_deref(), Some(state.secret().as_str()));
        let code = AuthorizationCode::new(query_param(&back, "code").unwrap());
        let token =
            client.exchange_code(code).set_pkce_verifier(verifier).request_async(&send).await.unwrap();
        let refresh_token = token.refresh_token().unwrap();
        let refreshed = client.exchange_refresh_token(refresh_token).request_async(&send).await.unwrap();

        assert_eq!(token.expires_in().unwrap().as_secs(), 900);
        assert_ne!(refreshed.access_token().secret(), token.access_token().secret());
        assert_ne!(refreshed.refresh_token().unwrap().secret(), refresh_token.secret());
    }
}

#[tokio::test]
async fn client_credentials_introspection_and_revocation() {
    let provider = start();
    for configuration in CLIENTS.into_iter().filter(|(id, ..)| *id != "native") {
        let id = configuration.0;
        let client = client(&provider, configuration).await;
        let is_active = async |token| client.introspect(token).request_async(&send).await.unwrap();

        let scope = Scope::new("calendar".to_owned());
        let token = client.exchange_client_credentials().add_scope(scope).request_async(&send).await.unwrap();
        let before = is_active(token.access_token()).await;
        let revocable = StandardRevocableToken::from(token.access_token().clone());
        client.revoke_token(revocable).unwrap().request_async(&send).await.unwrap();

        assert!(token.refresh_token().is_none());
        assert!(before.active());
        assert_eq!(before.client_id().unwrap().as_str(), id);
        assert_eq!(before.iss(), Some(provider.origin.as_str()));
        assert!(!is_active(token.access_token()).await.active());
    }
}

/// The crate makes the URL, and leaves reading the fragment to the page.
#[tokio::test]
async fn implicit() {
    const CALLBACK: &str = "https://page.example/callback";
    let provider = start();
    let client = client(&provider, ("page", AuthType::RequestBody, CALLBACK)).await;
    let (url, state) = client.authorize_url(CsrfToken::new_random).use_implicit_flow().url();

    let back = alice_agrees(&provider, url.as_str(), CALLBACK).await;

    let fragment = back.replacen('#', "?", 1);
    assert!(!back.contains('?'), "{back}");
    assert_eq!(query_param(&fragment, "state").as_deref(), Some(state.secret().as_str()));
    assert_eq!(query_param(&fragment, "token_type").as_deref(), Some("Bearer"));
    assert!(query_param(&fragment, "access_token").is_some());
}

#[tokio::test]
async fn password() {
    let provider = start();
    let client = client(&provider, ("trusted", AuthType::BasicAuth, "https://unused.example/")).await;
    let (username, password) =
        (ResourceOwnerUsername::new(alice("username")), ResourceOwnerPassword::new(alice("password")));
    let wrong = ResourceOwnerPassword::new("a wrong one".to_owned());

    let token = client.exchange_password(&username, &password).request_async(&send).await.unwrap();
    let refused = client.exchange_password(&username, &wrong).request_async(&send).await;

    assert!(token.refresh_token().is_some());
    let Err(RequestTokenError::ServerResponse(refused)) = refused else { panic!("{refused:?}") };
    assert_eq!(refused.error(), &BasicErrorResponseType::InvalidGrant);
}

/// It polls while Alice enters the code.
#[tokio::test]
async fn device() {
    let provider = start();
    let client = client(&provider, ("tv", AuthType::RequestBody, "https://unused.example/")).await;
    let scope = Scope::new("calendar".to_owned());
    let device: StandardDeviceAuthorizationResponse =
        client.exchange_device_code().add_scope(scope).request_async(&send).await.unwrap();

    let poll = client.exchange_device_access_token(&device).request_async(&send, tokio::time::sleep, None);
    let connect = alice_connects(&provider, device.verification_uri().as_str(), device.user_code().secret());
    let (token, ()) = tokio::join!(poll, connect);

    let token = token.unwrap();
    assert_eq!(token.scopes().unwrap().as_slice(), [Scope::new("calendar".to_owned())]);
    assert!(token.refresh_token().is_some());
}

/// Checks that the client can read what goes wrong.
#[tokio::test]
async fn errors() {
    let provider = start();
    let client = client(&provider, CLIENTS[0].clone()).await;
    let dead = RefreshToken::new("never issued".to_owned());

    let unknown = client.exchange_refresh_token(&dead).request_async(&send).await;
    let wrong = client.clone().set_client_secret(ClientSecret::new("a wrong secret, and long".to_owned()));
    let wrong = wrong.exchange_client_credentials().request_async(&send).await;

    let Err(RequestTokenError::ServerResponse(unknown)) = unknown else { panic!("{unknown:?}") };
    assert_eq!(unknown.error(), &BasicErrorResponseType::InvalidGrant);
    let Err(RequestTokenError::ServerResponse(wrong)) = wrong else { panic!("{wrong:?}") };
    assert_eq!(wrong.error(), &BasicErrorResponseType::InvalidClient);
}

/// The crate knows no resources (RFC 8707), and sends them as parameters of the application's own. Neither pushed requests nor DPoP:
/// the one is a response that it cannot read, the other a header that it does not make anew for each request.
#[tokio::test(flavor = "multi_thread")]
async fn resources() {
    const CALLBACK: &str = "https://web.example/callback";
    let issuer = strict::start().await;
    let client = BasicClient::new(ClientId::new("web".to_owned()))
        .set_client_secret(ClientSecret::new(secret("web").as_str().unwrap().to_owned()))
        .set_auth_uri(AuthUrl::new(format!("{issuer}/authorize")).unwrap())
        .set_token_uri(TokenUrl::new(format!("{issuer}/token")).unwrap())
        .set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap());
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, _) = client
        .authorize_url(CsrfToken::new_random)
        .add_scope(Scope::new("calendar".to_owned()))
        .add_extra_param("resource", GATEWAY)
        .add_extra_param("resource", CALENDAR)
        .set_pkce_challenge(challenge)
        .url();
    let back = alice_agrees_at(Browser::new(&issuer), url.as_str(), CALLBACK).await;
    let code = AuthorizationCode::new(query_param(&back, "code").unwrap());

    let exchange = client.exchange_code(code).set_pkce_verifier(verifier);
    let token = exchange.add_extra_param("resource", CALENDAR).request_async(&send).await.unwrap();
    let refresh = async |resource: &'static str| {
        let refresh_token = token.refresh_token().unwrap();
        let refresh = client.exchange_refresh_token(refresh_token).add_extra_param("resource", resource);
        refresh.request_async(&send).await
    };
    let unknown = refresh("https://elsewhere.example").await;
    let refreshed = refresh(GATEWAY).await.unwrap();

    assert_eq!(claims(token.access_token().secret())["aud"], CALENDAR);
    assert_eq!(claims(refreshed.access_token().secret())["aud"], GATEWAY);
    let Err(RequestTokenError::ServerResponse(unknown)) = unknown else { panic!("{unknown:?}") };
    assert_eq!(unknown.error(), &BasicErrorResponseType::Extension("invalid_target".to_owned()));
}
