//! Clients that come by themselves, RFC 7591 and Client ID Metadata Documents.

use oauth_core::prelude::*;
use oauth_core::server::{RegistrationConfig, ServerConfig};
use oauth_tests::Alice;

use super::{assert_accepted, assert_refused, by_hand};

#[validator]
struct Members {
    #[store]
    store: MemoryStore,
}

impl Members {
    fn new() -> Self {
        Self { store: MemoryStore::new() }
    }
}

const SCOPES: ServerConfig = ServerConfig::new(&[Scope::new("profile"), Scope::new("admin")]);

/// A server with these constants, to which people come.
macro_rules! with {
    ($name:ident, $config:expr) => {{
        by_hand!(
            $name, config: $config, grants: (AuthorizationCode, RefreshToken),
            validator: Members = Members::new(), interaction: Alice = Alice
        );
        $name::make()
    }};
}

#[test]
fn rfc7591_section_2_strangers_have_scopes_that_were_named() {
    let what = "`unverified_scopes(\"profile\", \"admin\")`";
    let words = |way: &str| format!("`{way}` lets in clients that nobody has verified, and each could ask for every scope");
    for (server, way) in [
        (start(with!(Documents, SCOPES.client_id_metadata_documents())), "client_id_metadata_documents"),
        (start(with!(Registration, SCOPES.registration(RegistrationConfig::OPEN))), "registration"),
        (
            start(with!(
                Both,
                SCOPES.client_id_metadata_documents().registration(RegistrationConfig::OPEN)
            )),
            "client_id_metadata_documents",
        ),
        (
            start(with!(
                Mcp,
                SCOPES
                    .profile(oauth_core::server::Profile::Mcp)
                    .resources(&[oauth_core::server::Resource::new("https://mcp.example.com")])
            )),
            "profile = \"mcp\"",
        ),
    ] {
        assert_eq!(server.len(), 1, "{way}: {server:#?}");
        assert!(server[0].contains(&words(way)) && server[0].contains(what), "{way}: {server:#?}");
    }
    assert_accepted(with!(
        Named,
        SCOPES.registration(RegistrationConfig::OPEN).client_id_metadata_documents().unverified_scopes(&["profile"])
    ));
    assert_accepted(with!(Nothing, SCOPES.registration(RegistrationConfig::OPEN).unverified_scopes(&[])));
    assert_accepted(with!(WithoutScopes, ServerConfig::new(&[]).registration(RegistrationConfig::OPEN)));
    // Who has a token was given it.
    assert_accepted(with!(
        VouchedFor,
        SCOPES.registration(RegistrationConfig::OPEN.initial_access_token())
    ));
}

fn start(server: impl AuthorizationServer) -> Vec<String> {
    super::mistakes(server)
}

#[test]
fn rfc7591_section_2_scopes_of_strangers_are_declared() {
    assert_refused(
        with!(Undeclared, SCOPES.registration(RegistrationConfig::OPEN).unverified_scopes(&["profile", "profil"])),
        "the scope `profil` of `unverified_scopes(…)` is not among `scopes(…)`",
    );
}
