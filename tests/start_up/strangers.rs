//! Clients that come by themselves, RFC 7591 and Client ID Metadata Documents.

use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::server::{Profile, RegistrationConfig, Resource, ServerConfig};
use oauth_tests::Alice;

use super::client_authentication::{Forgetful, forgetful};
use super::{assert_accepted, assert_refused, by_hand, mistakes};

#[validator]
struct Members {
    #[store]
    store: MemoryStore,
}

#[validator(custom)]
struct Vouching {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Vouching {
    fn validate_initial_access_token(&self, _: &str, _: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

const SCOPES: ServerConfig = ServerConfig::new(&[Scope::new("profile"), Scope::new("admin")]);
const OPEN: RegistrationConfig = RegistrationConfig::OPEN;
const YEAR: Duration = Duration::from_hours(365 * 24);
const LONGER: Duration = Duration::from_secs(YEAR.as_secs() + 1);

/// A server with these constants, to which people come.
macro_rules! with {
    ($name:ident, $config:expr) => {{
        by_hand!(
            $name, config: $config, grants: (AuthorizationCode, RefreshToken),
            validator: Members = Members { store: MemoryStore::new() }, interaction: Alice = Alice
        );
        $name::make()
    }};
}

#[test]
fn rfc7591_section_2_strangers_have_scopes_that_were_named() {
    const RESOURCES: &[Resource] = &[Resource::new("https://mcp.example.com")];
    const IN_TIME: RegistrationConfig = OPEN.unused_lifetime(YEAR).idle_lifetime(YEAR);
    assert_refused(
        with!(Documents, SCOPES.client_id_metadata_documents().registration(OPEN)),
        "`client_id_metadata_documents` lets in clients that nobody has verified",
    );
    assert_refused(with!(Registration, SCOPES.registration(OPEN)), "`registration` lets in clients");
    let what = "(RFC 7591 §2); add `unverified_scopes(\"profile\", \"admin\")` without those";
    assert_refused(with!(Mcp, SCOPES.profile(Profile::Mcp).resources(RESOURCES)), what);
    // To say that they may have none is to say it.
    assert_accepted(with!(Nothing, SCOPES.registration(IN_TIME).unverified_scopes(&[])));
    // Who has a token was given it.
    by_hand!(
        VouchedFor, config: SCOPES.registration(OPEN.initial_access_token()), grants: (AuthorizationCode, RefreshToken),
        validator: Vouching = Vouching { store: MemoryStore::new() }, interaction: Alice = Alice
    );
    assert_accepted(VouchedFor::make());
}

/// Each mistake, of one server.
#[test]
fn rfc7591_section_5_clients_of_strangers_are_forgotten() {
    const FORGETS: RegistrationConfig = OPEN.unused_lifetime(Duration::ZERO).idle_lifetime(LONGER);
    let mistakes =
        mistakes(with!(Undeclared, SCOPES.registration(FORGETS).unverified_scopes(&["profile", "profil"])));
    assert_eq!(mistakes.len(), 3, "{mistakes:#?}");
    for words in [
        "the scope `profil` of `unverified_scopes(…)` is not among `scopes(…)`",
        "`unused_lifetime` is zero: ",
        "`idle_lifetime = \"365d1s\"` is too long: clients that nobody uses are forgotten",
    ] {
        assert!(mistakes.iter().any(|mistake| mistake.contains(words)), "{words}: {mistakes:#?}");
    }
}

/// Whose validator says that it keeps registrations is asked for the store, and one that lends none keeps none.
#[test]
fn rfc7591_section_3_registered_clients_have_a_store() {
    const FORGETS: RegistrationConfig = OPEN.unused_lifetime(LONGER).idle_lifetime(Duration::ZERO);
    by_hand!(
        Promising, config: ServerConfig::new(&[]).registration(FORGETS), grants: (AuthorizationCode,),
        validator: Forgetful = forgetful(), interaction: Alice = Alice
    );
    let mistakes = mistakes(Promising::make());
    assert_eq!(mistakes.len(), 3, "{mistakes:#?}");
    for words in [
        "need a store that can add and remove them (RFC 7591 §3)",
        "`unused_lifetime = \"365d1s\"` is too long: ",
        "`idle_lifetime` is zero: ",
    ] {
        assert!(mistakes.iter().any(|mistake| mistake.contains(words)), "{words}: {mistakes:#?}");
    }
}
