//! The mistakes that only a run can tell about a configuration are told at once, before the first request.

use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::server::{Endpoints, ServerConfig};
use oauth_tests::{Accounts, App, basic, clients};

/// A server whose issuer comes from its environment, and whose configuration is `C`'s.
struct Server<C>(Accounts<MemoryStore>, String, std::marker::PhantomData<C>);

trait Config: Send + Sync + 'static {
    const CONFIG: ServerConfig;
}

impl<C: Config> Server<C> {
    fn new(issuer: &str) -> Self {
        Self(Accounts(MemoryStore::default()), issuer.to_owned(), std::marker::PhantomData)
    }
}

impl<C: Config> AuthorizationServer for Server<C> {
    type Validator = Accounts<MemoryStore>;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = NoInteraction;
    type Grants = (ClientCredentials,);
    const ISSUER: Issuer = Issuer::Field;
    const CONFIG: ServerConfig = C::CONFIG;
    fn validator(&self) -> &Self::Validator {
        &self.0
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &NoInteraction {
        &NoInteraction
    }
    fn issuer(&self) -> Option<&str> {
        Some(&self.1)
    }
}

struct Good;
impl Config for Good {
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("jobs")]).body_limit(1024);
}

struct Bad;
impl Config for Bad {
    const CONFIG: ServerConfig =
        ServerConfig::new(&[Scope::new("a b"), Scope::new("jobs"), Scope::new("jobs")])
            .default_scopes(&["other"])
            .code_lifetime(Duration::from_secs(601))
            .refresh_token_lifetime(Duration::ZERO)
            .endpoints(Endpoints::DEFAULT.token("token").revocation(Some("/introspect")));
}

fn mistakes<C: Config>(issuer: &str) -> Vec<String> {
    let error = Server::<C>::new(issuer).into_service().unwrap_err();
    assert!(error.mistakes().all(|mistake| !mistake.contains('\n')));
    error.mistakes().map(str::to_owned).collect()
}

#[test]
fn every_mistake_is_reported_at_once() {
    let mistakes = mistakes::<Bad>("http://auth.example.com");
    for expected in [
        "the issuer `http://auth.example.com` is http off loopback",
        "the scope `a b` has a space",
        "the scope `jobs` is given twice",
        "the default scope `other`",
        "ten minutes",
        "`refresh_token_lifetime` is zero",
        "the path `token` is relative: write `/token`",
        "the path `/introspect` is another endpoint's already",
    ] {
        assert!(mistakes.iter().any(|mistake| mistake.contains(expected)), "{expected}: {mistakes:#?}");
    }
    assert_eq!(mistakes.len(), 8, "{mistakes:#?}");
}

#[test]
fn rfc8414_section_2_what_an_issuer_may_be() {
    for good in [
        "https://auth.example.com",
        "https://auth.example.com:8443/tenant",
        "http://127.0.0.1:8080",
        "http://[::1]",
    ] {
        assert!(Server::<Good>::new(good).into_service().is_ok(), "{good}");
    }
    for (bad, reason) in [
        ("", "no issuer"),
        ("auth.example.com", "not an https URL"),
        ("ftp://auth.example.com", "not an https URL"),
        ("https://", "no host"),
        ("https://:443", "no host"),
        ("https://auth.example.com?x=1", "query"),
        ("https://auth.example.com#x", "fragment"),
        ("https://me@auth.example.com", "user information"),
        ("https://auth.example.com/", "ends with `/`"),
        ("https://auth.example.com:x", "port"),
        ("https://auth.example.com/ x", "characters"),
        ("https://auth.example.com\n", "the end of a line"),
        ("https://*.example.com", "name one server"),
        ("https://Auth.example.com", "the character 'A' in its host"),
        ("https://auth.example.com:443", "remove `:443`"),
        ("https://[0:0:0:0:0:0:0:1]", "write `[::1]`"),
        ("https://[zz::1]", "looks like an address and is none"),
        ("https://b\u{fc}cher.example", "xn--bcher-kva"),
        ("https://auth.example.com/a/../b", "which clients remove"),
        ("https://auth.example.com/{tenant}", "unreserved"),
        ("https://auth.example.com/:tenant", "unreserved"),
        ("http://127.0.0.1.evil.example", "loopback"),
    ] {
        let mistakes = mistakes::<Good>(bad);
        assert!(mistakes.len() == 1 && mistakes[0].contains(reason), "{bad}: {mistakes:?}");
    }
}

#[tokio::test]
async fn the_body_limit_is_the_servers_own() {
    let server = Server::<Good>::new("https://auth.example.com");
    for client in clients() {
        server.0.0.save_client(client).await.unwrap();
    }
    let app = App::of(server);
    assert_eq!(app.post_raw("/token", &basic("machine"), "grant_type=client_credentials").await.status, 200);
    let long = format!("grant_type=client_credentials&padding={}", "1".repeat(1000));
    assert_eq!(app.post_raw("/token", &basic("machine"), &long).await.status, 413);
}
