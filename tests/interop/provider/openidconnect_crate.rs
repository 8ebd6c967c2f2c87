//! The `openidconnect` crate.

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreClientRegistrationRequest, CoreGrantType,
    CoreIdTokenClaims, CoreIdTokenVerifier, CoreProviderMetadata, CoreRegisterErrorResponseType,
    CoreResponseType, CoreUserInfoClaims,
};
use openidconnect::registration::{ClientRegistrationError, EmptyAdditionalClientMetadata};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, AuthorizationCodeHash, ClientId, ClientName, ClientSecret, CsrfToken,
    IssuerUrl, LocalizedClaim, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, RedirectUrl, Scope,
    TokenResponse as _,
};

use crate::http::send;
use crate::strict;
use crate::support::Example;
use crate::support::browser::{Browser, query_param};
use crate::world::{alice_agrees, alice_agrees_at, alice_claim, secret, start};

async fn metadata(provider: &Example) -> CoreProviderMetadata {
    let issuer = IssuerUrl::new(provider.origin.clone()).unwrap();
    CoreProviderMetadata::discover_async(issuer, &send).await.unwrap()
}

fn client_secret(id: &str) -> Option<ClientSecret> {
    secret(id).as_str().map(|secret| ClientSecret::new(secret.to_owned()))
}

macro_rules! client {
    ($provider:expr, $id:expr) => {
        CoreClient::from_provider_metadata(
            metadata($provider).await,
            ClientId::new($id.to_owned()),
            client_secret($id),
        )
        .set_redirect_uri(RedirectUrl::new(format!("https://{}.example/callback", $id)).unwrap())
    };
}

#[tokio::test]
async fn discovery() {
    let provider = start();

    let metadata = metadata(&provider).await;

    assert_eq!(metadata.issuer().as_str(), provider.origin);
    assert!(metadata.response_types_supported().iter().any(|all| **all == [CoreResponseType::Code]));
    assert!(metadata.grant_types_supported().unwrap().contains(&CoreGrantType::AuthorizationCode));
    assert!(metadata.userinfo_endpoint().is_some());
    assert!(
        metadata
            .token_endpoint_auth_methods_supported()
            .unwrap()
            .contains(&CoreClientAuthMethod::PrivateKeyJwt)
    );
    assert!(!metadata.jwks().keys().is_empty());
}

#[tokio::test]
async fn authorization_code_with_id_token_and_userinfo() {
    let provider = start();
    for id in ["web", "elliptic"] {
        let client = client!(&provider, id);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let (url, state, nonce) = client
            .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let callback = format!("https://{id}.example/callback");
        let back = alice_agrees(&provider, url.as_str(), &callback).await;
        assert_eq!(query_param(&back, "state").as_deref(), Some(state.secret().as_str()));
        let code = AuthorizationCode::new(query_param(&back, "code").unwrap());
        let exchange = client.exchange_code(code).unwrap().set_pkce_verifier(verifier);
        let token = exchange.request_async(&send).await.unwrap();

        let (id_token, verifier) = (token.id_token().unwrap(), client.id_token_verifier());
        let claims = id_token.claims(&verifier, &nonce).unwrap();
        assert_eq!(claims.subject().as_str(), "alice-1");
        assert!(claims.auth_time().is_some());
        let hash = AccessTokenHash::from_token(
            token.access_token(),
            id_token.signing_alg().unwrap(),
            id_token.signing_key(&verifier).unwrap(),
        );
        assert_eq!(claims.access_token_hash(), Some(&hash.unwrap()));
        let wrong_nonce = id_token.claims(&verifier, &Nonce::new("another".to_owned()));
        assert!(wrong_nonce.is_err());

        let userinfo = client
            .user_info(token.access_token().clone(), Some(claims.subject().clone()))
            .unwrap()
            .require_signed_response(id == "elliptic");
        let userinfo: CoreUserInfoClaims = userinfo.request_async(&send).await.unwrap();
        let name = userinfo.name().unwrap().get(None).unwrap();
        assert_eq!(name.as_str(), alice_claim("name"));
        assert_eq!(userinfo.email(), None, "its scope was not asked for");

        let refreshed = client.exchange_refresh_token(token.refresh_token().unwrap()).unwrap();
        let refreshed = refreshed.request_async(&send).await.unwrap();
        // OIDC Core §12.2: "it SHOULD NOT have a nonce Claim".
        let without_nonce = |nonce: Option<&Nonce>| nonce.map_or(Ok(()), |_| Err("a nonce".to_owned()));
        let again =
            refreshed.id_token().unwrap().claims(&client.id_token_verifier(), without_nonce).unwrap().clone();
        assert_eq!((again.subject(), again.auth_time()), (claims.subject(), claims.auth_time()));
    }
}

#[tokio::test]
async fn hybrid_and_implicit() {
    const CALLBACK: &str = "https://hybrid.example/callback";
    let provider = start();
    let client = client!(&provider, "hybrid");
    for (response_types, has_code) in [
        (vec![CoreResponseType::Code, CoreResponseType::IdToken], true),
        (vec![CoreResponseType::Code, CoreResponseType::IdToken, CoreResponseType::Token], true),
        (vec![CoreResponseType::IdToken, CoreResponseType::Token], false),
        (vec![CoreResponseType::IdToken], false),
    ] {
        let flow = CoreAuthenticationFlow::Hybrid(response_types);
        let (challenge, pkce_verifier) = PkceCodeChallenge::new_random_sha256();
        let request = client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        let request = if has_code { request.set_pkce_challenge(challenge) } else { request };
        let (url, _, nonce) = request.url();

        let back = alice_agrees(&provider, url.as_str(), CALLBACK).await;

        let fragment = back.replacen('#', "?", 1);
        let value = |name| query_param(&fragment, name);
        let id_token: openidconnect::core::CoreIdToken = value("id_token").unwrap().parse().unwrap();
        let verifier: CoreIdTokenVerifier<'_> = client.id_token_verifier();
        let claims: &CoreIdTokenClaims = id_token.claims(&verifier, &nonce).unwrap();
        let (algorithm, key) = (id_token.signing_alg().unwrap(), id_token.signing_key(&verifier).unwrap());
        let access_token = value("access_token").map(openidconnect::AccessToken::new);
        let at_hash = access_token.map(|token| AccessTokenHash::from_token(&token, algorithm, key).unwrap());
        assert_eq!(claims.access_token_hash(), at_hash.as_ref());
        let code = value("code").map(AuthorizationCode::new);
        let c_hash =
            code.as_ref().map(|code| AuthorizationCodeHash::from_code(code, algorithm, key).unwrap());
        assert_eq!(claims.code_hash(), c_hash.as_ref());
        assert_eq!(code.is_some(), has_code);
        if let Some(code) = code {
            let exchange = client.exchange_code(code).unwrap().set_pkce_verifier(pkce_verifier);
            let token = exchange.request_async(&send).await.unwrap();
            let later = token.id_token().unwrap().claims(&verifier, &nonce).unwrap();
            assert_eq!(later.subject(), claims.subject());
        }
    }
}

/// The crate registers a client, and knows it from there on. It has neither pushed requests nor DPoP.
#[tokio::test(flavor = "multi_thread")]
async fn registration() {
    const CALLBACK: &str = "https://stranger.example/callback";
    let issuer = IssuerUrl::new(strict::start().await).unwrap();
    let metadata = CoreProviderMetadata::discover_async(issuer.clone(), &send).await.unwrap();
    let redirect_uri = RedirectUrl::new(CALLBACK.to_owned()).unwrap();
    let name = LocalizedClaim::from(ClientName::new("Stranger".to_owned()));
    let asked =
        CoreClientRegistrationRequest::new(vec![redirect_uri.clone()], EmptyAdditionalClientMetadata {})
            .set_client_name(Some(name))
            .set_grant_types(Some(vec![CoreGrantType::AuthorizationCode, CoreGrantType::RefreshToken]));
    let endpoint = metadata.registration_endpoint().unwrap().clone();
    let registered = asked.register_async(&endpoint, &send).await.unwrap();
    let secret = registered.client_secret().cloned();
    assert!(secret.is_some() && registered.registration_access_token().is_some());

    let client = CoreClient::from_provider_metadata(metadata, registered.client_id().clone(), secret)
        .set_redirect_uri(redirect_uri);
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let flow = CoreAuthenticationFlow::AuthorizationCode;
    let (url, _, nonce) = client
        .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
        .set_pkce_challenge(challenge)
        .url();
    let back = alice_agrees_at(Browser::new(issuer.as_str()), url.as_str(), CALLBACK).await;
    let code = AuthorizationCode::new(query_param(&back, "code").unwrap());
    let exchange = client.exchange_code(code).unwrap().set_pkce_verifier(verifier);
    let token = exchange.request_async(&send).await.unwrap();

    let claims = token.id_token().unwrap().claims(&client.id_token_verifier(), &nonce).unwrap();
    assert_eq!(claims.subject().as_str(), "alice-1");
    let refreshed = client.exchange_refresh_token(token.refresh_token().unwrap()).unwrap();
    refreshed.request_async(&send).await.unwrap();
    let bad = RedirectUrl::new("javascript:alert(1)".to_owned()).unwrap();
    let refused = CoreClientRegistrationRequest::new(vec![bad], EmptyAdditionalClientMetadata {});
    let refused = refused.register_async(&endpoint, &send).await;
    let Err(ClientRegistrationError::ServerResponse(refused)) = refused else { panic!("{refused:?}") };
    assert_eq!(refused.error(), &CoreRegisterErrorResponseType::InvalidRedirectUri);
}
