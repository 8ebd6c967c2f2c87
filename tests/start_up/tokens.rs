//! Generators and published keys.

use std::sync::LazyLock;

use oauth_core::jose::{Jwk, SigningKeys};
use oauth_core::prelude::*;
use oauth_core::token::{JwtProfile, StaticClaim};
use oauth_tests::Alice;

use super::{assert_accepted, assert_refused, by_hand};

const ISSUER: &str = "https://auth.example.com";

/// Signed tokens by hand.
struct Jwts(SigningKey, JwtProfile);

impl Jwts {
    fn new(key: SigningKey) -> Self {
        Self(key, JwtProfile::new())
    }
}

impl TokenGenerator for Jwts {
    async fn generate_token(&self, request: &Request) -> Result<String> {
        self.tokens().generate(ISSUER, request).await
    }
    fn tokens(&self) -> Tokens<'_> {
        Tokens::jwt(self.1, &self.0)
    }
}

fn key() -> SigningKey {
    SigningKey::generate(Algorithm::ES256).unwrap()
}

#[test]
fn rfc9068_section_4_server_and_tokens_have_one_issuer() {
    /// A generator whose issuer is a field, which no constant can be compared with.
    struct Elsewhere(&'static str);
    impl TokenGenerator for Elsewhere {
        const ISSUER: Issuer = Issuer::Field;
        fn tokens(&self) -> Tokens<'_> {
            Tokens::custom()
        }
        async fn generate_token(&self, _: &Request) -> Result<String> {
            Ok(SecretString::random().expose().to_owned())
        }
        fn issuer(&self) -> Option<&str> {
            Some(self.0)
        }
    }
    by_hand!(Other, access: Elsewhere = Elsewhere("https://auth.example.net"));
    assert_refused(
        Other::make(),
        "name different issuers, `https://auth.example.com` and `https://auth.example.net`",
    );
    assert_accepted(Other { access: Elsewhere(ISSUER), ..Other::make() });
}

#[test]
fn rfc8725_section_3_1_a_key_signs_with_the_algorithm_that_is_said() {
    by_hand!(Other, access: Jwts = Jwts(key(), JwtProfile::new().algorithm(Algorithm::ES384)));
    assert_refused(Other::make(), "says algorithm = \"ES384\", but its signing key has ES256");
    by_hand!(Same, access: Jwts = Jwts(key(), JwtProfile::new().algorithm(Algorithm::ES256)));
    assert_accepted(Same::make());
}

#[test]
fn rfc7009_section_3_a_validator_lends_what_is_revoked() {
    /// Stores by hand, of the time before there were tokens that no store keeps.
    struct Unlent(oauth_tests::Accounts<MemoryStore>);

    #[rustfmt::skip]
    impl StoreRoles for Unlent {
        type Clients = MemoryStore;
        type Tokens = MemoryStore;
        type Codes = MemoryStore;
        type Users = MemoryStore;
        type Sessions = MemoryStore;
        type Consents = MemoryStore;
        type Devices = MemoryStore;
        type ReplayIds = MemoryStore;
        const KEEPS_REPLAY_IDS: bool = false;
        fn clients(&self) -> &MemoryStore { &self.0.0 }
        fn tokens(&self) -> &MemoryStore { &self.0.0 }
        fn codes(&self) -> &MemoryStore { &self.0.0 }
        fn users(&self) -> &MemoryStore { &self.0.0 }
        fn sessions(&self) -> &MemoryStore { &self.0.0 }
        fn consents(&self) -> &MemoryStore { &self.0.0 }
        fn devices(&self) -> &MemoryStore { &self.0.0 }
        fn replay_ids(&self) -> &MemoryStore { &self.0.0 }
    }
    impl oauth_core::validator::PlainValidator for Unlent {}

    const SELF_CONTAINED: JwtProfile = JwtProfile::new().self_contained();
    let stores = || Unlent(oauth_tests::Accounts(MemoryStore::default()));
    by_hand!(Unasked, validator: Unlent = Unlent(oauth_tests::Accounts(MemoryStore::default())), access: Jwts = Jwts(key(), SELF_CONTAINED));
    assert_refused(Unasked::make(), "the validator lends no store that can tell which of them are revoked");
    assert_accepted(Unasked { access: Jwts::new(key()), validator: stores(), ..Unasked::make() });
    by_hand!(Asked, access: Jwts = Jwts(key(), SELF_CONTAINED));
    assert_accepted(Asked::make());
}

#[test]
fn rfc9068_section_2_1_a_self_contained_token_is_written_by_its_server_alone() {
    let secret = || SigningKey::hmac([7; 32], Algorithm::HS256).unwrap();
    by_hand!(Shared, access: Jwts = Jwts(key(), JwtProfile::new().self_contained()));
    let shared = Jwts(secret(), JwtProfile::new().self_contained());
    assert_refused(
        Shared { access: shared, ..Shared::make() },
        "with a shared secret every API could write one",
    );
    assert_accepted(Shared { access: Jwts::new(secret()), ..Shared::make() });
}

#[test]
fn rfc7516_section_2_a_self_contained_token_can_be_read_by_its_server() {
    use oauth_core::token::JweProfile;

    const PROFILE: JweProfile = JweProfile::new(JwtProfile::new().self_contained());
    fn recipient() -> EncryptionKey {
        let key = DecryptionKey::generate(KeyManagement::EcdhEsA256KW, ContentEncryption::A256GCM);
        key.unwrap().encryption_key().clone()
    }
    by_hand!(Encrypted, access: Sealed = Sealed(key(), recipient(), PROFILE));
    assert_refused(Encrypted::make(), "the server cannot tell what its own token stands for");
}

#[test]
fn rfc9068_section_2_2_static_claims_overwrite_nothing() {
    const SUBJECT: JwtProfile =
        JwtProfile::new().claims(&[("tier", StaticClaim::Int(3)), ("sub", StaticClaim::Str("root"))]);
    by_hand!(Subject, access: Jwts = Jwts(key(), SUBJECT));
    assert_refused(Subject::make(), "the claim `sub` is set by the framework (RFC 7519 §4.1)");
}

#[test]
fn a_static_claim_is_true_of_every_token() {
    const FACTOR: JwtProfile = JwtProfile::new().claims(&[("amr", StaticClaim::Str("mfa"))]);
    const ROLES: JwtProfile = JwtProfile::new().claims(&[("roles", StaticClaim::Str("reader"))]);
    by_hand!(Factor, access: Jwts = Jwts(key(), FACTOR));
    assert_refused(Factor::make(), "the claim `amr` is not the same in every token");
    by_hand!(Roles, access: Jwts = Jwts(key(), ROLES));
    assert_accepted(Roles::make());
}

#[test]
fn rfc6750_section_2_1_a_prefix_fits_bearer_tokens() {
    by_hand!(Blank, access: Opaque = Opaque::DEFAULT.prefix("acme at "));
    assert_refused(Blank::make(), "the prefix `acme at ` has the character");
    by_hand!(Refresh, refresh: Opaque = Opaque::DEFAULT.prefix("rt\n"));
    assert_refused(Refresh::make(), "the prefix `rt\\n` has the character");
}

/// A generator as a `jwe` of the macro would be.
struct Sealed(SigningKey, EncryptionKey, oauth_core::token::JweProfile);

impl TokenGenerator for Sealed {
    async fn generate_token(&self, request: &Request) -> Result<String> {
        self.tokens().generate(ISSUER, request).await
    }
    fn tokens(&self) -> Tokens<'_> {
        Tokens::jwe(self.2, &self.0, &self.1)
    }
}

#[test]
fn rfc8725_section_3_1_a_key_encrypts_with_the_algorithms_that_are_said() {
    use oauth_core::token::JweProfile;

    fn recipient() -> EncryptionKey {
        DecryptionKey::generate(KeyManagement::EcdhEsA256KW, ContentEncryption::A256GCM)
            .unwrap()
            .encryption_key()
            .clone()
    }
    const JWE: JweProfile = JweProfile::new(JwtProfile::new());
    by_hand!(Alg, access: Sealed = Sealed(key(), recipient(), JWE.alg(KeyManagement::RsaOaep256)));
    assert_refused(Alg::make(), "says alg = \"RSA-OAEP-256\", but its encryption key has ECDH-ES+A256KW");
    by_hand!(Same, access: Sealed = Sealed(key(), recipient(), JWE.alg(KeyManagement::EcdhEsA256KW)));
    assert_accepted(Same::make());
}

#[validator(custom)]
struct Making {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Making {
    #[token_generator]
    fn generate_access_token(&self, request: &Request) -> Result<String> {
        Ok(format!("{}-{}", request.client_id().unwrap_or_default(), SecretString::random().expose()))
    }
}

#[validator(custom)]
struct Refreshing {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Refreshing {
    #[token_generator(refresh)]
    fn generate_refresh_token(&self, _: &Request) -> Result<String> {
        Ok(SecretString::random().expose().to_owned())
    }
}

#[test]
fn a_field_and_a_method_do_not_both_make_the_access_tokens() {
    by_hand!(Two, validator: Making = Making { store: MemoryStore::default() }, access: Jwts = Jwts::new(key()));
    assert_refused(Two::make(), "two generators of access tokens");
    by_hand!(One, validator: Making = Making { store: MemoryStore::default() });
    assert_accepted(One::make());
}

#[test]
fn a_field_and_a_method_do_not_both_make_the_refresh_tokens() {
    by_hand!(
        Two,
        grants: (AuthorizationCode, RefreshToken),
        validator: Refreshing = Refreshing { store: MemoryStore::default() },
        refresh: Publishing = Publishing(Vec::new()),
        interaction: Alice = Alice
    );
    assert_refused(Two::make(), "two generators of refresh tokens");
    by_hand!(
        One,
        grants: (AuthorizationCode, RefreshToken),
        validator: Refreshing = Refreshing { store: MemoryStore::default() },
        interaction: Alice = Alice
    );
    assert_accepted(One::make());
}

#[test]
fn rfc9068_section_2_2_the_audience_is_named() {
    by_hand!(References, access: Opaque = Opaque::DEFAULT.audience(""));
    assert_refused(References::make(), "the audience is empty");
    by_hand!(Signed, access: Jwts = Jwts(key(), JwtProfile::new().audience(" ")));
    assert_refused(Signed::make(), "the audience is empty");
    by_hand!(Named, access: Opaque = Opaque::DEFAULT.audience("https://api.example.com"));
    assert_accepted(Named::make());
}

#[test]
fn rfc8725_section_3_12_a_refresh_token_is_no_access_token() {
    let shared = key();
    by_hand!(
        Shared,
        grants: (AuthorizationCode, RefreshToken),
        access: Jwts = Jwts::new(key()),
        refresh: Jwts = Jwts::new(key()),
        interaction: Alice = Alice
    );
    // Whatever signs a JWT signs access tokens.
    assert_refused(Shared::make(), "an API would take a refresh token for one (RFC 8725 §3.12)");
    let server = Shared { access: Jwts::new(shared.clone()), refresh: Jwts::new(shared), ..Shared::make() };
    assert_refused(server, "an API would take a refresh token for one (RFC 8725 §3.12)");

    // A secret is published nowhere: one generator for both is known by its address.
    assert_refused(Both(Secretly(hmac())), "an API would take a refresh token for one (RFC 8725 §3.12)");
    // What is random passes for nothing else, whoever made it.
    assert_accepted(Both(Publishing(Vec::new())));
}

fn hmac() -> SigningKey {
    SigningKey::hmac([7; 32], Algorithm::HS256).unwrap()
}

/// Signed with a secret, by hand.
struct Secretly(SigningKey);

impl TokenGenerator for Secretly {
    async fn generate_token(&self, request: &Request) -> Result<String> {
        self.tokens().generate(ISSUER, request).await
    }
    fn tokens(&self) -> Tokens<'_> {
        Tokens::jwt(JwtProfile::new(), &self.0)
    }
}

/// One generator for both kinds.
struct Both<G>(G);

impl<G: TokenGenerator + 'static> AuthorizationServer for Both<G> {
    type Validator = oauth_tests::Accounts<MemoryStore>;
    type AccessTokens = G;
    type RefreshTokens = G;
    type IdTokens = NoIdTokens;
    type Interaction = Alice;
    type Grants = (AuthorizationCode, RefreshToken);
    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: oauth_core::server::ServerConfig = oauth_core::server::ServerConfig::new(&[]);
    fn validator(&self) -> &Self::Validator {
        static ACCOUNTS: LazyLock<oauth_tests::Accounts<MemoryStore>> =
            LazyLock::new(|| oauth_tests::Accounts(MemoryStore::new()));
        &ACCOUNTS
    }
    fn access_tokens(&self) -> &G {
        &self.0
    }
    fn refresh_tokens(&self) -> &G {
        &self.0
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &Alice {
        &Alice
    }
}

#[token_generator(
    jwt,
    algorithm = "HS256",
    issuer = "https://auth.example.com",
    allow(hmac_access_tokens, reason = "a secret is published nowhere")
)]
struct AccessJwts {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(
    jwt,
    algorithm = "HS256",
    issuer = "https://auth.example.com",
    allow(hmac_access_tokens, reason = "a secret is published nowhere")
)]
struct RefreshJwts {
    #[signing_key]
    key: SigningKey,
}

/// Two types with one secret, which is published nowhere; with type parameters, so that no macro compares them.
#[authorization_server(grants(authorization_code, refresh_token), issuer = "https://auth.example.com")]
struct TwoSigners<G: TokenGenerator + 'static> {
    #[validator]
    accounts: oauth_tests::Accounts<MemoryStore>,
    #[access_token]
    access: AccessJwts,
    #[refresh_token]
    refresh: G,
    #[interaction]
    alice: Alice,
}

#[test]
fn rfc8725_section_3_12_no_refresh_token_says_that_it_is_an_access_token() {
    fn server<G: TokenGenerator + 'static>(refresh: G) -> TwoSigners<G> {
        let accounts = oauth_tests::Accounts(MemoryStore::default());
        TwoSigners { accounts, access: AccessJwts { key: hmac() }, refresh, alice: Alice }
    }
    assert_refused(
        server(RefreshJwts { key: hmac() }),
        "an API would take a refresh token for one (RFC 8725 §3.12)",
    );
    assert_accepted(server(Opaque::DEFAULT));
}

/// Publishes what it is given.
struct Publishing(Vec<Jwk>);

impl TokenGenerator for Publishing {
    async fn generate_token(&self, _: &Request) -> Result<String> {
        Ok(SecretString::random().expose().to_owned())
    }
    fn tokens(&self) -> Tokens<'_> {
        Tokens::custom_with_keys(self.0.clone())
    }
}

#[test]
fn rfc7517_section_4_5_each_published_key_has_its_own_kid() {
    let (one, other) = (key().with_kid("2024").unwrap(), key().with_kid("2024").unwrap());
    by_hand!(Twins, access: Publishing = Publishing(Vec::new()));
    let keys = [&one, &other].map(|key| key.public_jwk().unwrap());
    assert_refused(
        Twins { access: Publishing(keys.to_vec()), ..Twins::make() },
        "two published keys have the kid `2024`",
    );
    assert_accepted(Twins { access: Publishing(SigningKeys::jwks(&key())), ..Twins::make() });
}
