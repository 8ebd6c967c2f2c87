//! Claims that a validator declares, where no macro sees the server.

use oauth_core::claims::{ClaimDeclaration, ClaimDestination};
use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;

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
fn a_claim_has_a_scope_that_can_be_granted() {
    by_hand!(Without, validator: Declaring = Declaring::new());
    assert_refused(Without::make(), "the claim `tenant` is tied to the scope `profile`");
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
        "the claim `tenant` is tied to the scope `profile`",
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

const fn claim(name: &'static str, to: &'static [ClaimDestination]) -> ClaimDeclaration {
    ClaimDeclaration { name, scope: None, to }
}

const TO_RESOURCES: &[ClaimDestination] = ClaimDeclaration::DEFAULT_DESTINATIONS;

declares!(Twice, [claim("tenant", TO_RESOURCES), claim("role", TO_RESOURCES), claim("tenant", TO_RESOURCES)]);
declares!(Reserved, [claim("exp", TO_RESOURCES)]);
declares!(ToClients, [claim("tenant", &[ClaimDestination::AccessToken, ClaimDestination::Userinfo])]);

#[test]
fn a_claim_is_declared_once() {
    by_hand!(Server, validator: Twice = Twice::new());
    assert_refused(Server::make(), "the claim `tenant` is declared twice");
}

#[test]
fn rfc7519_section_4_1_registered_claims_are_ours() {
    by_hand!(Server, validator: Reserved = Reserved::new());
    assert_refused(Server::make(), "the claim `exp` is set by the framework");
}

#[test]
fn a_claim_goes_where_the_server_has_something() {
    by_hand!(Server, validator: ToClients = ToClients::new());
    assert_refused(Server::make(), "the claim `tenant` goes to ID tokens or userinfo responses");
}
