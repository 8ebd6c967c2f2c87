//! Claims that a validator declares, where no macro sees the server.

use oauth_core::claims::{ClaimDeclaration, ClaimDestination, PrivateClaims};
use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_core::token::{JwtProfile, StaticClaim};
use oauth_tests::Alice;

use super::{assert_accepted, assert_refused, by_hand};

#[validator(custom)]
struct Declaring {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Declaring {
    #[claim("tenant", scope = "profile")]
    fn tenant(&self, _: &Request) -> Option<String> {
        None
    }
}

impl Declaring {
    fn new() -> Self {
        Self { store: MemoryStore::default() }
    }
}

#[test]
fn a_claim_has_a_scope_that_the_server_declares() {
    by_hand!(Without, validator: Declaring = Declaring::new());
    assert_refused(Without::make(), "the claim `tenant` of the validator is tied to the scope `profile`");
    by_hand!(With, config: ServerConfig::new(&[Scope::new("profile")]), validator: Declaring = Declaring::new());
    assert_accepted(With::make());
}

/// A server with type parameters: the macro cannot compare constants, and leaves that to the start.
#[test]
fn a_generic_server_is_checked() {
    #[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
    struct Generic<V: RequestValidator + 'static> {
        #[validator]
        validator: V,
    }
    assert_refused(
        Generic { validator: Declaring::new() },
        "the claim `tenant` of the validator is tied to the scope `profile`",
    );
}

/// A validator whose declarations are written by hand.
macro_rules! declares {
    ($name:ident, $claims:expr) => {
        #[validator(custom)]
        struct $name {
            #[store]
            store: MemoryStore,
        }
        impl RequestValidator for $name {
            const CLAIMS: &'static [ClaimDeclaration] = &$claims;
        }
        impl $name {
            fn new() -> Self {
                Self { store: MemoryStore::default() }
            }
        }
    };
}

const fn claims(names: &'static [&'static str], to: &'static [ClaimDestination]) -> ClaimDeclaration {
    ClaimDeclaration { names, scope: None, to }
}

const TO_RESOURCES: &[ClaimDestination] = ClaimDeclaration::DEFAULT_DESTINATIONS;

declares!(Twice, [claims(&["tenant"], TO_RESOURCES), claims(&["role", "tenant"], TO_RESOURCES)]);
declares!(Reserved, [claims(&["exp"], TO_RESOURCES)]);
declares!(ToClients, [claims(&["tenant"], &[ClaimDestination::IdToken, ClaimDestination::Userinfo])]);
declares!(ToAll, [claims(&["tenant"], &[ClaimDestination::AccessToken, ClaimDestination::Userinfo])]);

#[test]
fn rfc7519_section_4_a_claim_is_declared_once() {
    by_hand!(Server, validator: Twice = Twice::new());
    assert_refused(Server::make(), "the claim `tenant` is declared twice");
}

/// Says the same of every tenant.
struct Fixed(SigningKey);

impl TokenGenerator for Fixed {
    async fn generate_token(&self, request: &Request) -> Result<String> {
        self.tokens().generate("https://auth.example.com", request).await
    }
    fn tokens(&self) -> Tokens<'_> {
        Tokens::jwt(
            JwtProfile::new().claims(&[("plan", StaticClaim::Int(1)), ("tenant", StaticClaim::Int(2))]),
            &self.0,
        )
    }
}

declares!(ToOneClient, [claims(&["tenant"], &[ClaimDestination::AccessToken])]);
declares!(ToOthers, [claims(&["tenants"], TO_RESOURCES)]);

#[test]
fn rfc7519_section_4_a_claim_is_static_or_made_for_each_request() {
    fn fixed() -> Fixed {
        Fixed(SigningKey::generate(Algorithm::ES256).unwrap())
    }
    by_hand!(Server, validator: ToOneClient = ToOneClient::new(), access: Fixed = fixed());
    assert_refused(
        Server::make(),
        "the claim `tenant` is static in the token generator, and the validator makes it",
    );
    by_hand!(Others, validator: ToOthers = ToOthers::new(), access: Fixed = fixed());
    assert_accepted(Others::make());
}

#[test]
fn rfc7519_section_4_1_registered_claims_are_the_frameworks() {
    by_hand!(Server, validator: Reserved = Reserved::new());
    assert_refused(Server::make(), "the claim `exp` is set by the framework");
}

#[test]
fn oidc_core_section_3_1_2_1_a_claim_for_clients_has_an_openid_provider() {
    by_hand!(Server, validator: ToClients = ToClients::new());
    assert_refused(
        Server::make(),
        "the claim `tenant` of the validator goes to ID tokens or userinfo responses alone",
    );
    by_hand!(Some, validator: ToAll = ToAll::new());
    assert_accepted(Some::make());
}

/// A validator whose claims depend on a parameter: the compiler does not see them before it is one.
#[validator(custom)]
struct Structs<C: PrivateClaims + Sync + 'static> {
    #[store]
    store: MemoryStore,
    claims: C,
}

#[validator]
impl<C: PrivateClaims + Sync + 'static> Structs<C> {
    #[claim("tenant")]
    fn tenant(&self, _: &Request) -> Option<String> {
        None
    }

    #[claims(to(access_token, id_token))]
    fn claims(&self, _: &Request) -> Result<Option<NoneOf<C>>> {
        let _ = &self.claims;
        Ok(None)
    }
}

#[derive(Claims)]
struct Seats {
    seats: u64,
}

#[derive(Claims)]
struct Wrong {
    tenant: String,
    amr: String,
}

/// A set of claims by hand, and so with any names.
struct NoneOf<C>(std::marker::PhantomData<fn() -> C>);

impl<C: PrivateClaims> PrivateClaims for NoneOf<C> {
    const NAMES: &'static [&'static str] = C::NAMES;

    fn to_claims(&self) -> Result<Claims> {
        Ok(Claims::new())
    }

    fn from_claims(_: &serde_json::Map<String, serde_json::Value>) -> Result<Self> {
        Ok(Self(std::marker::PhantomData))
    }
}

struct Registered;

impl PrivateClaims for Registered {
    const NAMES: &'static [&'static str] = &["exp"];

    fn to_claims(&self) -> Result<Claims> {
        Ok(Claims::new())
    }

    fn from_claims(_: &serde_json::Map<String, serde_json::Value>) -> Result<Self> {
        Ok(Self)
    }
}

#[authorization_server(
    grants(authorization_code),
    scopes("openid", "jobs"),
    issuer = "https://auth.example.com"
)]
struct StructsServer<C: PrivateClaims + Sync + 'static> {
    #[validator]
    accounts: Structs<C>,
    #[id_token]
    id_tokens: IdTokenKeys,
    #[interaction]
    alice: Alice,
}

#[test]
fn claims_of_a_validator_with_parameters() {
    fn mistakes<C: PrivateClaims + Sync + 'static>(claims: C) -> Vec<String> {
        let id_tokens = IdTokenKeys::new(SigningKey::generate(Algorithm::RS256).unwrap());
        let accounts = Structs { store: MemoryStore::default(), claims };
        let result = StructsServer { accounts, id_tokens, alice: Alice }.into_service();
        result.err().map(|error| error.mistakes().map(str::to_owned).collect()).unwrap_or_default()
    }
    assert_eq!(mistakes(Seats { seats: 1 }), [""; 0]);
    let wrong = mistakes(Wrong { tenant: String::new(), amr: String::new() });
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].contains("the claim `tenant` is declared twice"), "{wrong:?}");
    assert!(wrong[1].contains("the claim `amr` is set by the framework in ID tokens"), "{wrong:?}");
    let reserved = mistakes(Registered);
    assert!(reserved.len() == 1 && reserved[0].contains("`exp` is set by the framework"), "{reserved:?}");
}
