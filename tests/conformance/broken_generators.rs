//! Generators whose tokens no resource server should accept are caught.

use oauth_core::jose::{JwtType, SigningKeys as _};
use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_core::time::UnixTime;
use oauth_tests::Accounts;
use serde_json::{Map, Value, json};

use crate::outcomes::{assert_failed, assert_says, failures};

/// The defect of the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Defect {
    /// No `exp`.
    NeverExpires,
    /// It publishes another key than the one that signs.
    ForeignKey,
    /// Every token has the same `jti`.
    OneJti,
    /// Another issuer, of another type.
    Elsewhere,
    /// Five parts, as if it were encrypted.
    FiveParts,
}

#[derive(Debug)]
struct Generator {
    defect: Defect,
    keys: KeyRing,
    published: KeyRing,
}

impl Generator {
    fn new(defect: Defect) -> Self {
        let ring = || KeyRing::from(SigningKey::generate(Algorithm::ES256).unwrap().with_kid("1").unwrap());
        let keys = ring();
        let published = if defect == Defect::ForeignKey { ring() } else { keys.clone() };
        Self { defect, keys, published }
    }
}

impl TokenGenerator for Generator {
    async fn generate_token(&self, request: &Request) -> Result<String> {
        let (client_id, now) = (request.client_id().unwrap_or_default(), UnixTime::now().as_secs());
        let lifetime = request.expires_in.unwrap_or_default().as_secs();
        let claims = json!({
            "iss": if self.defect == Defect::Elsewhere { "https://other.example" } else { oauth_tests::ISSUER },
            "sub": request.subject.as_deref().unwrap_or(client_id),
            "aud": "https://api.example.com",
            "client_id": client_id,
            "iat": now,
            "exp": now + lifetime,
            "jti": if self.defect == Defect::OneJti { "1".to_owned() } else { SecretString::random().expose().to_owned() },
            "scope": request.scopes.as_ref().map(ToString::to_string),
        });
        let mut claims: Map<String, Value> = serde_json::from_value(claims).map_err(Error::server)?;
        if self.defect == Defect::NeverExpires {
            claims.remove("exp");
        }
        claims.retain(|_, value| !value.is_null());
        let kind = if self.defect == Defect::Elsewhere { JwtType::Jwt } else { JwtType::AccessToken };
        let token = self.keys.active().sign_jwt(kind, &claims).await?;
        Ok(if self.defect == Defect::FiveParts { format!("{token}.e30.e30") } else { token })
    }

    fn tokens(&self) -> Tokens<'_> {
        Tokens::custom_with_keys(self.published.jwks())
    }
}

#[derive(Debug)]
struct Server {
    accounts: Accounts<MemoryStore>,
    tokens: Generator,
}

impl Server {
    fn new(defect: Defect) -> Self {
        Self { accounts: Accounts(MemoryStore::default()), tokens: Generator::new(defect) }
    }
}

impl AuthorizationServer for Server {
    type Validator = Accounts<MemoryStore>;
    type AccessTokens = Generator;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = NoInteraction;
    type Grants = (ClientCredentials,);
    const ISSUER: Issuer = Issuer::Literal(oauth_tests::ISSUER);
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("jobs")]);

    fn validator(&self) -> &Self::Validator {
        &self.accounts
    }
    fn access_tokens(&self) -> &Generator {
        &self.tokens
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
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generator_without_exp_is_caught() {
    let failures = failures(async |_| Ok(Server::new(Defect::NeverExpires))).await;
    let rule = "rfc9068_section_2_2_exp_is_in_the_future";
    assert_failed(
        &failures,
        &[
            rule,
            "rfc6749_section_5_1_expires_in_is_what_exp_says",
            "rfc9068_section_2_2_every_required_claim_is_there",
        ],
    );
    let words = [
        "RFC 9068 §2.2",
        "`exp`, in seconds",
        "\"iat\":",
        "leaves `exp` out: the generator of access tokens",
    ];
    assert_says(&failures[rule], &words);
}

/// RFC 7516 §4.1.2: an encrypted token has `enc`.
#[tokio::test(flavor = "multi_thread")]
async fn a_generator_of_five_parts_that_are_not_encrypted_is_caught() {
    let failures = failures(async |_| Ok(Server::new(Defect::FiveParts))).await;
    let rule = "rfc9068_section_4_the_published_keys_verify_the_signature";
    assert_says(&failures[rule], &["RFC 9068 §4", "a JWS of three base64url parts"]);
    assert!(failures.keys().any(|rule| rule.starts_with("rfc9068_section_2_2")), "{failures:#?}");
}

/// Logs of tests are kept.
#[tokio::test(flavor = "multi_thread")]
async fn a_failure_shows_no_credentials() {
    let failures = failures(async |_| Ok(Server::new(Defect::FiveParts))).await;
    let sent: String = failures.values().map(|failure| failure.sent.clone()).collect();
    assert!(sent.contains("authorization: Basic (hidden)"), "{sent}");
    assert!(!sent.lines().any(|line| line.contains("Basic ") && !line.ends_with("(hidden)")), "{sent}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generator_that_publishes_another_key_is_caught() {
    let failures = failures(async |_| Ok(Server::new(Defect::ForeignKey))).await;
    assert_failed(&failures, &["rfc9068_section_4_the_published_keys_verify_the_signature"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generator_that_repeats_its_jti_is_caught() {
    let failures = failures(async |_| Ok(Server::new(Defect::OneJti))).await;
    assert_failed(&failures, &["rfc7519_section_4_1_7_each_jti_is_another"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_generator_with_an_issuer_and_a_type_of_its_own_is_caught() {
    let failures = failures(async |_| Ok(Server::new(Defect::Elsewhere))).await;
    assert_failed(
        &failures,
        &["rfc9068_section_2_1_the_type_is_at_jwt", "rfc9068_section_2_2_iss_is_the_issuer"],
    );
}
