//! Clients that contradict themselves, and clients that do not fit their server.

use oauth_core::admin::Admin;
use oauth_core::client::{ClientBuilder, Introspects, InvalidClientMetadata};
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_tests::secret;

fn confidential() -> ClientBuilder {
    Client::confidential("web", &ClientSecret::new(secret()).unwrap())
}

/// Checks the mistake: its member, and what it says.
#[track_caller]
fn assert_mistake(mistake: &InvalidClientMetadata, member: Option<&str>, words: &str) {
    assert_eq!(mistake.member(), member, "{mistake}");
    assert!(mistake.to_string().contains(words), "{mistake}");
}

/// RFC 7591 §2.1: "a server supporting these fields SHOULD take steps to ensure that a client cannot register itself into an
/// inconsistent state".
#[test]
fn rfc7591_section_2_1_a_client_that_contradicts_itself_is_none() {
    let web = || confidential().redirect_uri("https://web.example/cb");
    let cases = [
        (
            confidential().grant_type(GrantType::AUTHORIZATION_CODE),
            "redirect_uris",
            "the grant `authorization_code` needs at least one of redirect_uris",
        ),
        (
            Client::public("app").grant_type(GrantType::IMPLICIT),
            "redirect_uris",
            "the grant `implicit` needs at least one of redirect_uris",
        ),
        (
            web().grant_type(GrantType::AUTHORIZATION_CODE).response_type(ResponseType::CODE_ID_TOKEN),
            "response_types",
            "the response type `code id_token` needs the grant `implicit`",
        ),
        (
            confidential().grant_type(GrantType::CLIENT_CREDENTIALS).response_type(ResponseType::CODE),
            "response_types",
            "the response type `code` needs the grant `authorization_code`",
        ),
        (
            confidential().grant_type(GrantType::REFRESH_TOKEN),
            "grant_types",
            "none that yields a refresh token",
        ),
        (
            web().frontchannel_logout_session_required(),
            "frontchannel_logout_session_required",
            "no frontchannel_logout_uri that is told",
        ),
        (
            web().backchannel_logout_session_required(),
            "backchannel_logout_session_required",
            "no backchannel_logout_uri that is told",
        ),
        (web().client_uri("javascript:alert(1)"), "client_uri", "write an https URL"),
        (web().client_uri("http://web.example/"), "client_uri", "write an https URL"),
        (web().client_uri("https:///about"), "client_uri", "write an https URL"),
        (web().client_uri("https://web.example/a b"), "client_uri", "write an https URL"),
        (web().client_uri("/about"), "client_uri", "write an https URL"),
        (web().client_uri(""), "client_uri", "write an https URL"),
        (web().origin("http://web.example"), "origins", "write https"),
        (web().origin("https://web.example/"), "origins", "malformed"),
        (web().client_name(""), "client_name", "empty client_name"),
        (web().client_name(" \t"), "client_name", "empty client_name"),
    ];
    for (builder, member, words) in cases {
        let mistake = builder.build().unwrap_err();
        assert_mistake(&mistake, Some(member), words);
    }
    for builder in [
        web().client_uri("https://web.example/about?a=1#b").client_name("Web").origin("https://web.example"),
        web()
            .client_uri("http://localhost:3000/")
            .origin("http://localhost:3000")
            .origin("http://127.0.0.1:5173"),
        // RFC 6749 §4.4.3 is no MUST.
        confidential().grant_type(GrantType::CLIENT_CREDENTIALS).grant_type(GrantType::REFRESH_TOKEN),
        web().client_uri("HTTPS://web.example"),
        confidential().grant_type(GrantType::PASSWORD).grant_type(GrantType::REFRESH_TOKEN),
        Client::public("tv").grant_type(GrantType::DEVICE_CODE).grant_type(GrantType::REFRESH_TOKEN),
        confidential().grant_type(GrantType::from("urn:example:grant")).grant_type(GrantType::REFRESH_TOKEN),
        Client::resource_server("api", &ClientSecret::generate(), "https://api.example"),
    ] {
        builder.build().unwrap();
    }
}

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile", "calendar"),
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: oauth_core::interaction::LoginPages,
}

fn server() -> RunningServer<Server> {
    let accounts = Accounts { store: MemoryStore::default() };
    Server { accounts, pages: oauth_core::interaction::LoginPages::new() }.start().unwrap()
}

#[test]
fn a_client_wants_nothing_that_its_server_lacks() {
    let server = server();
    let web = || confidential().redirect_uri("https://web.example/cb").scope("profile");
    // The grants that it has by itself, and the server does not, are no mistake: it can do without them.
    server.check_client(&web().build().unwrap()).unwrap();
    let jwks = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","alg":"EdDSA"}]}"#;
    let method = ClientAuthMethod::from_static("tls_client_auth");
    let cases = [
        (
            web().scope("profile calender"),
            Some("scope"),
            "the scope `calender`, which the server does not declare: it has `profile`, `calendar`",
        ),
        (
            web().grant_type(GrantType::DEVICE_CODE),
            Some("grant_types"),
            "device_code`, which the server does not offer: it has `authorization_code`, `refresh_token`",
        ),
        (
            confidential(),
            Some("grant_types"),
            "the grant `client_credentials`, which the server does not offer",
        ),
        (
            web().grant_type(GrantType::AUTHORIZATION_CODE).grant_type(GrantType::IMPLICIT),
            Some("grant_types"),
            "the grant `implicit`",
        ),
        (
            web()
                .grant_type(GrantType::AUTHORIZATION_CODE)
                .response_type(ResponseType::CODE)
                .response_type(ResponseType::NONE),
            Some("response_types"),
            "the response type `none`",
        ),
        (Client::private_key_jwt("web", jwks).redirect_uri("https://web.example/cb"), None, ""),
        (
            Client::authenticated_by("web", method).redirect_uri("https://web.example/cb"),
            Some("token_endpoint_auth_method"),
            "`tls_client_auth`, which the server does not offer: it has ",
        ),
        (web().require_pkce(false), None, "write `danger_pkce_optional` at the server"),
        (web().resource("https://api.example"), Some("resources"), "the resource `https://api.example`"),
        (
            web().require_pushed_authorization_requests(),
            Some("require_pushed_authorization_requests"),
            "write `pushed_authorization_requests`",
        ),
        (web().dpop_bound_access_tokens(), Some("dpop_bound_access_tokens"), "write `dpop` at the server"),
        (
            web().post_logout_redirect_uri("https://web.example/bye"),
            Some("post_logout_redirect_uris"),
            "no sessions that it ends",
        ),
        (
            web().backchannel_logout_uri("https://web.example/out"),
            Some("backchannel_logout_uri"),
            "no sessions that it ends",
        ),
        (
            web().frontchannel_logout_uri("https://web.example/out"),
            Some("frontchannel_logout_uri"),
            "no sessions that it ends",
        ),
        (
            web().subject_type(oauth_core::client::SubjectType::Pairwise),
            Some("subject_type"),
            "`#[pairwise_key]`",
        ),
    ];
    for (builder, member, words) in cases {
        let client = builder.build().unwrap();
        match server.check_client(&client) {
            Ok(()) => assert!(words.is_empty(), "{words}"),
            Err(mistake) => {
                assert_mistake(&mistake, member, words);
                assert!(!words.is_empty(), "{mistake}");
            }
        }
    }
}

#[tokio::test]
async fn whoever_administers_a_server_registers_what_fits_it() {
    let server = server();
    let admin = Admin::of_server(server.clone());
    let client =
        |scope: &str| confidential().redirect_uri("https://web.example/cb").scope(scope).build().unwrap();
    let mistake = admin.create_client(client("calender")).await.unwrap_err().to_string();
    assert!(mistake.contains("the scope `calender`"), "{mistake}");
    assert!(server.accounts.store.client("web").await.unwrap().is_none());
    admin.create_client(client("calendar")).await.unwrap();
    assert!(admin.update_client(client("calender")).await.is_err());
    assert!(admin.import_client(client("calender")).await.is_err());
    let kept = server.accounts.store.client("web").await.unwrap().unwrap();
    assert_eq!(kept.scope.to_string(), "calendar");
    assert_eq!(kept.introspects, Introspects::Nothing);
    // A store by itself takes any: there is no server that it could fail to fit.
    Admin::of_store(MemoryStore::default()).create_client(client("calender")).await.unwrap();
}
