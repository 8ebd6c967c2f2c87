//! The FAPI 2.0 Security Profile, of servers by hand: the same verdict as the macro's, in the same words.

use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::server::{Profile, PushedAuthorizationRequests, ServerConfig};
use oauth_core::store::{PushedRequestStore, ReplayStore};
use oauth_tests::Alice;

use super::{assert_accepted, assert_refused, by_hand};

#[validator]
struct Accounts<S: PushedRequestStore + ReplayStore> {
    #[store]
    store: S,
}

fn accounts() -> Accounts<MemoryStore> {
    Accounts { store: MemoryStore::new() }
}

const FAPI2: ServerConfig = ServerConfig::new(&[Scope::new("accounts")]).profile(Profile::Fapi2);

/// A server of the profile with this configuration, and what else it has.
macro_rules! bank {
    ($name:ident, $config:expr $(, $($more:tt)*)?) => {
        by_hand!(
            $name,
            config: $config,
            grants: (AuthorizationCode, RefreshToken),
            validator: Accounts<MemoryStore> = accounts()
            $(, $($more)*)?
            , interaction: Alice = Alice
        );
    };
}

#[test]
fn a_server_of_the_profile_starts_with_what_the_profile_sets() {
    bank!(Bank, FAPI2);
    assert_accepted(Bank::make());
    let config = Bank::CONFIG;
    assert!(config.dpop.is_some() && config.pushed_authorization_requests.unwrap().is_required);
    assert_eq!(config.token_endpoint_auth_methods, [ClientAuthMethod::PrivateKeyJwt]);
    assert!(config.refresh_token_grace.is_zero());
}

/// What comes after the profile adds to it.
#[test]
fn a_later_setter_takes_nothing_back() {
    const PUSHED: PushedAuthorizationRequests =
        PushedAuthorizationRequests::new().expires_in(Duration::from_secs(90));
    bank!(Bank, FAPI2.pushed_authorization_requests(PUSHED));
    assert_accepted(Bank::make());
    let pushed = Bank::CONFIG.pushed_authorization_requests.unwrap();
    assert!(pushed.is_required && pushed.expires_in == Duration::from_secs(90));
    let before = ServerConfig::new(&[]).pushed_authorization_requests(PUSHED).profile(Profile::Fapi2);
    assert!(before.pushed_authorization_requests.unwrap().is_required);
}

/// Whoever empties the list of methods means no other way than that of the profile.
#[test]
fn an_emptied_list_of_methods_offers_keys_alone() {
    bank!(Bank, FAPI2.token_endpoint_auth_methods(&[]));
    assert_accepted(Bank::make());
    assert_eq!(Bank::METADATA.client_authentication, [ClientAuthMethod::PrivateKeyJwt]);
}

/// Who has machines alone for clients pushes nothing.
#[test]
fn machines_have_a_server_of_the_profile_too() {
    by_hand!(Machines, config: FAPI2);
    assert_accepted(Machines::make());
}

#[test]
fn fapi2_section_5_3_2_2_requests_are_pushed() {
    const WITHOUT: ServerConfig = {
        let mut config = FAPI2;
        config.pushed_authorization_requests = None;
        config
    };
    const OPTIONAL: ServerConfig = {
        let mut config = FAPI2;
        config.pushed_authorization_requests = Some(PushedAuthorizationRequests::new());
        config
    };
    bank!(Bank, WITHOUT);
    assert_refused(Bank::make(), "every authorization request is pushed (FAPI 2.0 §5.3.2.2)");
    bank!(Lenient, OPTIONAL);
    assert_refused(Lenient::make(), "every authorization request is pushed (FAPI 2.0 §5.3.2.2)");
}

#[test]
fn fapi2_section_5_3_2_1_tokens_are_bound_to_keys() {
    const WITHOUT: ServerConfig = {
        let mut config = FAPI2;
        config.dpop = None;
        config
    };
    bank!(Bank, WITHOUT);
    assert_refused(Bank::make(), "every access token is bound to a key (FAPI 2.0 §5.3.2.1)");
}

#[test]
fn what_the_macro_refuses_is_refused_by_hand() {
    bank!(Codes, FAPI2.code_lifetime(Duration::from_secs(61)));
    assert_refused(Codes::make(), "`code_lifetime = \"1m1s\"` is too long: under the profile `fapi2`");
    bank!(
        Pushed,
        FAPI2.pushed_authorization_requests(
            PushedAuthorizationRequests::new().expires_in(Duration::from_mins(10))
        )
    );
    assert_refused(Pushed::make(), "`expires_in = \"10m\"` is too long: under the profile `fapi2`");
    bank!(Grace, FAPI2.refresh_token_grace(Duration::from_secs(5)));
    assert_refused(Grace::make(), "`refresh_token_grace` is for refresh tokens that rotate");
    bank!(Pkce, FAPI2.danger_pkce_optional());
    assert_refused(Pkce::make(), "under the profile `fapi2` no client goes without PKCE");
    bank!(Nothing, FAPI2.response_types(&[ResponseType::CODE, ResponseType::NONE]));
    assert_refused(Nothing::make(), "the one response type is `code` (FAPI 2.0 §5.3.2.2): remove `none`");
    const PUBLIC: &[ClientAuthMethod] = &[ClientAuthMethod::PrivateKeyJwt, ClientAuthMethod::None];
    bank!(Public, FAPI2.token_endpoint_auth_methods(PUBLIC));
    assert_refused(Public::make(), "`none` lets public clients in");
    const SECRET: &[ClientAuthMethod] =
        &[ClientAuthMethod::PrivateKeyJwt, ClientAuthMethod::ClientSecretPost];
    bank!(Secret, FAPI2.token_endpoint_auth_methods(SECRET));
    assert_refused(
        Secret::make(),
        "`client_secret_post` is no way to authenticate under the profile `fapi2`",
    );
    by_hand!(
        Passwords,
        config: FAPI2,
        grants: (ClientCredentials, Password),
        validator: Accounts<MemoryStore> = accounts()
    );
    assert_refused(Passwords::make(), "the grant `password` shows people's passwords to clients");
    by_hand!(
        Implicits,
        config: FAPI2,
        grants: (AuthorizationCode, Implicit),
        validator: Accounts<MemoryStore> = accounts(),
        interaction: Alice = Alice
    );
    assert_refused(Implicits::make(), "the grant `implicit` puts access tokens into URLs");
}

#[validator(custom)]
struct Rotating {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Rotating {
    fn rotate_refresh_token(&self, _request: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

#[test]
fn fapi2_section_5_3_2_1_no_hook_rotates_refresh_tokens() {
    by_hand!(
        Bank,
        config: FAPI2,
        grants: (AuthorizationCode, RefreshToken),
        validator: Rotating = Rotating { store: MemoryStore::new() },
        interaction: Alice = Alice
    );
    assert_refused(Bank::make(), "the validator overrides `rotate_refresh_token`");
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct Signed {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct OfARing {
    #[signing_key]
    keys: KeyRing,
}

fn secret_beside_a_public_key() -> KeyRing {
    let secret = SigningKey::hmac([7; 32], Algorithm::HS256).unwrap();
    KeyRing::new(secret).and_publish(SigningKey::generate(Algorithm::ES256).unwrap()).unwrap()
}

impl Signed {
    fn with(key: SigningKey) -> Self {
        Self { key }
    }
}

#[test]
fn fapi2_section_5_4_1_tokens_are_signed_with_ps256_es256_or_ed25519() {
    let rsa = || SigningKey::generate(Algorithm::RS256).unwrap();
    bank!(Access, FAPI2, access: Signed = Signed::with(SigningKey::generate(Algorithm::RS256).unwrap()));
    assert_refused(Access::make(), "access tokens would be signed with RS256, and the profile `fapi2` has");
    bank!(Shared, FAPI2, access: Signed = Signed::with(SigningKey::hmac([7; 32], Algorithm::HS256).unwrap()));
    assert_refused(Shared::make(), "access tokens would be signed with HS256");
    // The key that signs, whatever is published beside it.
    bank!(Hidden, FAPI2, access: OfARing = OfARing { keys: secret_beside_a_public_key() });
    assert_refused(Hidden::make(), "access tokens would be signed with HS256");
    const OPENID: ServerConfig = ServerConfig::new(&[Scope::new("openid")]).profile(Profile::Fapi2);
    bank!(Ids, OPENID, ids: KeyRing = KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap()));
    assert_refused(Ids::make(), "ID tokens would be signed with RS256");
    // OpenID Connect Core §15.1 wants RS256, and the profile counts.
    bank!(Right, OPENID, ids: KeyRing = KeyRing::new(SigningKey::generate(Algorithm::EdDSA).unwrap()));
    assert_accepted(Right::make());
    let probabilistic = rsa().with_algorithm(Algorithm::PS256).unwrap();
    assert_eq!(probabilistic.algorithm(), Algorithm::PS256);
}

/// RFC 6749 §2.3: a method that the application brings along is one of mutual TLS, or none for this profile.
#[test]
fn a_method_from_outside_proves_a_key() {
    use oauth_core::client_auth::ClientAuth;
    use oauth_core::server::Environment;

    struct Certificate;
    impl ClientAuth for Certificate {
        const METHOD: ClientAuthMethod = ClientAuthMethod::from_static("tls_client_auth");
        async fn verify(&self, _: Option<&Client>, _: &mut Request) -> Result<bool> {
            Ok(false)
        }
    }
    struct Password;
    impl ClientAuth for Password {
        const METHOD: ClientAuthMethod = ClientAuthMethod::from_static("urn:example:password");
        async fn verify(&self, _: Option<&Client>, _: &mut Request) -> Result<bool> {
            Ok(false)
        }
    }
    bank!(Bank, FAPI2);
    assert!(Bank::make().start_in(Environment::new().client_authentication(Certificate)).is_ok());
    let refused = Bank::make().start_in(Environment::new().client_authentication(Password)).unwrap_err();
    assert!(refused.to_string().contains("`urn:example:password` is no way to authenticate"), "{refused}");
}
