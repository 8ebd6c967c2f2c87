//! The things done against advice: the report lists them, with reasons, and a server can refuse them.

// The advice itself is what is tested here.
#![allow(deprecated)]

use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::server::{Endpoints, Exception, Report, ServerConfig};
use oauth_tests::{Accounts, Alice};

#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    algorithm = "HS256",
    expires_in = "30d",
    allow(long_lived_access_tokens, reason = "sensors, which nobody visits")
)]
struct Monthly(#[signing_key] SigningKey);

#[token_generator(opaque, expires_in = "2d")]
struct TwoDays;

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    deny(rfc9700, long_lived_access_tokens)
)]
struct Server<T: TokenGenerator + 'static> {
    #[validator]
    accounts: Accounts<MemoryStore>,
    #[access_token]
    tokens: T,
}

impl<T: TokenGenerator> Server<T> {
    fn new(tokens: T) -> Self {
        Self { accounts: Accounts(MemoryStore::default()), tokens }
    }
}

fn monthly() -> Monthly {
    Monthly(SigningKey::generate(Algorithm::HS256).unwrap())
}

/// Name, section and the owner's reason.
fn exceptions(report: &Report) -> Vec<(&str, &str, Option<&str>)> {
    report.exceptions.iter().map(|it| (it.name, it.section.as_str(), it.reason)).collect()
}

#[test]
fn the_report_lists_what_a_token_generator_is_allowed_and_what_it_is_not() {
    let report = Server::new(monthly()).report();
    assert_eq!(
        exceptions(&report),
        [
            ("long_lived_access_tokens", "RFC 6750 §5.3", Some("sensors, which nobody visits")),
            ("hmac_access_tokens", "RFC 9068 §2.1", None),
        ]
    );
    assert!(report.to_string().contains("(RFC 6750 §5.3)\n"), "{report}");
    assert!(report.to_string().contains("  allowed: sensors, which nobody visits\n"), "{report}");
}

/// A self-contained token is long-lived sooner, and that is said once.
#[test]
fn the_report_lists_self_contained_tokens_that_live_for_long() {
    #[token_generator(jwt, issuer = "https://auth.example.com", self_contained, expires_in = "2d")]
    struct SelfContained(#[signing_key] SigningKey);

    let key = SigningKey::generate(Algorithm::ES256).unwrap();
    let report = Server::new(SelfContained(key)).report();
    let expected = ("long_lived_self_contained_tokens", "RFC 7009 §3, RFC 6750 §5.3", None);
    assert_eq!(exceptions(&report), [expected]);
    assert!(Server::new(TwoDays).report().exceptions.iter().all(|it| it.name == "long_lived_access_tokens"));
}

/// The compiler does, unless the generator is a type parameter.
#[test]
fn a_server_refuses_what_it_denies_of_its_token_generators() {
    assert!(Server::new(monthly()).into_service().is_ok(), "what is allowed is not denied");
    let error = Server::new(TwoDays).into_service().unwrap_err();
    let mistakes: Vec<_> = error.mistakes().collect();
    assert_eq!(mistakes.len(), 1, "{mistakes:#?}");
    assert!(mistakes[0].starts_with("of `TwoDays`: "), "{mistakes:#?}");
    assert!(mistakes[0].contains("(RFC 6750 §5.3)") && !mistakes[0].contains('\n'), "{mistakes:#?}");
}

const GOOD: &[Exception] = &[
    Exception::new("irrevocable_refresh_tokens", "televisions have no log-out"),
    Exception::new("password_grant", "it was to be offered, and is not"),
];
const BAD: &[Exception] =
    &[Exception::new("irrevocable_tokens", "none"), Exception::new("long_lived_refresh_tokens", " ")];

/// A server by hand, with refresh tokens.
struct ByHand<const IS_GOOD: bool>(Accounts<MemoryStore>);

impl<const IS_GOOD: bool> AuthorizationServer for ByHand<IS_GOOD> {
    type Validator = Accounts<MemoryStore>;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = Alice;
    type Grants = (AuthorizationCode, RefreshToken);
    const ISSUER: Issuer = Issuer::Literal("https://auth.example.com");
    const CONFIG: ServerConfig = ServerConfig::new(&[])
        .refresh_token_lifetime(Duration::from_hours(366 * 24))
        .endpoints(Endpoints::DEFAULT.revocation(None))
        .exceptions(if IS_GOOD { GOOD } else { BAD });
    fn validator(&self) -> &Accounts<MemoryStore> {
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
    fn interaction(&self) -> &Alice {
        &Alice
    }
}

#[test]
fn a_server_by_hand_has_the_exceptions_that_it_makes_in_the_report() {
    let report = ByHand::<true>(Accounts(MemoryStore::default())).report();
    assert_eq!(
        exceptions(&report),
        [
            ("long_lived_refresh_tokens", "RFC 9700 §4.14.2", None),
            ("irrevocable_refresh_tokens", "RFC 7009 §2", Some("televisions have no log-out")),
        ]
    );
}

#[test]
fn an_exception_to_no_rule_or_without_a_reason_is_a_mistake() {
    let error = ByHand::<false>(Accounts(MemoryStore::default())).into_service().unwrap_err();
    let mistakes: Vec<_> = error.mistakes().collect();
    for expected in
        ["there is no rule `irrevocable_tokens`", "write `allow(long_lived_refresh_tokens, reason"]
    {
        assert!(mistakes.iter().any(|mistake| mistake.contains(expected)), "{expected}: {mistakes:#?}");
    }
    assert_eq!(mistakes.len(), 2, "{mistakes:#?}");
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct ByAnyKey(#[signing_key] KeyRing);

#[authorization_server(grants(client_credentials), deny(rfc9068))]
struct WithoutSecrets {
    #[validator]
    accounts: Accounts<MemoryStore>,
    #[access_token]
    tokens: ByAnyKey,
}

/// RFC 9068 §2.1: the compiler sees no key, so that the start must.
#[test]
fn a_server_that_denies_rfc9068_refuses_a_shared_secret_at_the_run() {
    let server = |key| WithoutSecrets {
        accounts: Accounts(MemoryStore::default()),
        tokens: ByAnyKey(KeyRing::new(key)),
    };
    let secret = SigningKey::hmac([7; 32], Algorithm::HS256).unwrap();
    let mistakes = server(secret.clone()).start().unwrap_err().to_string();
    assert!(
        mistakes.contains("`hmac_access_tokens` is denied") && mistakes.contains("RFC 9068 §2.1"),
        "{mistakes}"
    );
    let running = server(SigningKey::generate(Algorithm::ES256).unwrap()).start().unwrap();
    let refused = running.replace_keys(&running.tokens.0, &KeyRing::new(secret)).unwrap_err().to_string();
    assert!(refused.contains("`hmac_access_tokens` is denied"), "{refused}");
}
