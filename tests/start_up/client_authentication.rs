//! Client authentication methods need what checks them, and grants need one that their clients can use.

use oauth_core::prelude::*;
use oauth_core::server::{Endpoints, ServerConfig};
use oauth_core::validator::PlainValidator;

use super::{assert_accepted, assert_refused, by_hand};

const fn config(methods: &'static [ClientAuthMethod]) -> ServerConfig {
    ServerConfig::new(&[]).token_endpoint_auth_methods(methods)
}

/// Keeps no identifiers of assertions, and no registrations whatever it says.
pub(super) struct Forgetful(MemoryStore);

impl StoreRoles for Forgetful {
    type Clients = MemoryStore;
    type Tokens = MemoryStore;
    type Codes = MemoryStore;
    type Users = MemoryStore;
    type Sessions = MemoryStore;
    type Consents = MemoryStore;
    type Devices = MemoryStore;
    type ReplayIds = MemoryStore;

    const KEEPS_REPLAY_IDS: bool = false;
    const KEEPS_REGISTRATIONS: bool = true;
    fn clients(&self) -> &MemoryStore {
        &self.0
    }
    fn tokens(&self) -> &MemoryStore {
        &self.0
    }
    fn codes(&self) -> &MemoryStore {
        &self.0
    }
    fn users(&self) -> &MemoryStore {
        &self.0
    }
    fn sessions(&self) -> &MemoryStore {
        &self.0
    }
    fn consents(&self) -> &MemoryStore {
        &self.0
    }
    fn devices(&self) -> &MemoryStore {
        &self.0
    }
    fn replay_ids(&self) -> &MemoryStore {
        &self.0
    }
}

impl PlainValidator for Forgetful {}

pub(super) fn forgetful() -> Forgetful {
    Forgetful(MemoryStore::default())
}

#[test]
fn a_client_authentication_method_is_given_once() {
    by_hand!(Twice, config: config(&[ClientAuthMethod::ClientSecretPost, ClientAuthMethod::ClientSecretPost]));
    assert_refused(Twice::make(), "`client_secret_post` is given twice");
}

#[test]
fn rfc7523_section_3_assertions_of_clients_have_a_store_for_their_identifiers() {
    by_hand!(
        Keys,
        config: config(&[ClientAuthMethod::PrivateKeyJwt]),
        validator: Forgetful = forgetful()
    );
    assert_refused(
        Keys::make(),
        "`private_key_jwt`: this method needs a store for the identifiers of used assertions",
    );
    by_hand!(
        Secrets,
        config: config(&[ClientAuthMethod::ClientSecretJwt]),
        validator: Forgetful = forgetful()
    );
    assert_refused(Secrets::make(), "`client_secret_jwt`: this method needs a store for the identifiers");
    by_hand!(Kept, config: config(&[ClientAuthMethod::PrivateKeyJwt]));
    assert_accepted(Kept::make());
}

#[test]
fn oidc_core_section_9_secrets_that_sign_are_known() {
    by_hand!(Hashed, config: config(&[ClientAuthMethod::ClientSecretJwt]));
    assert_refused(Hashed::make(), "`client_secret_jwt`: this method needs the secrets of clients");
}

#[test]
fn rfc6749_section_4_4_clients_that_get_tokens_for_themselves_authenticate() {
    const OFF: Endpoints = Endpoints::DEFAULT.introspection(None);
    by_hand!(Public, config: config(&[ClientAuthMethod::None]).endpoints(OFF));
    assert_refused(Public::make(), "the grant `client_credentials` is for clients that authenticate");
    by_hand!(Both, config: config(&[ClientAuthMethod::None, ClientAuthMethod::ClientSecretBasic]));
    assert_accepted(Both::make());
}

#[test]
fn rfc7662_section_2_1_who_introspects_authenticates() {
    by_hand!(
        Public,
        config: config(&[ClientAuthMethod::None]),
        grants: (AuthorizationCode,),
        interaction: oauth_tests::Alice = oauth_tests::Alice
    );
    assert_refused(Public::make(), "the introspection endpoint answers only those who authenticate");
}

/// RFC 6749 §2.3: what is not of the framework must be in the environment.
#[test]
fn rfc6749_section_2_3_a_client_authentication_method_is_checked_by_something() {
    const MINE: ClientAuthMethod = ClientAuthMethod::from_static("urn:example:mine");
    by_hand!(Unchecked, config: config(&[ClientAuthMethod::ClientSecretBasic, MINE]));
    assert_refused(
        Unchecked::make(),
        "nothing here checks the client authentication method `urn:example:mine`",
    );
}
