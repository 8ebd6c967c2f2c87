//! An OpenID provider whose people and clients can be of any kind.

use std::sync::LazyLock;

use oauth_core::conformance::Fixture;
use oauth_core::openid::{BackChannel, PairwiseKey};
use oauth_core::prelude::*;

#[validator]
#[derive(Debug)]
pub(crate) struct Accounts<C: ClientStore + 'static> {
    #[clients]
    clients: C,
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("openid", "profile"),
    issuer = "https://auth.example.com"
)]
pub(crate) struct Op<C: ClientStore + 'static, I: Interaction<Accounts<C>>> {
    #[validator]
    accounts: Accounts<C>,
    #[id_token]
    key: SigningKey,
    #[pairwise_key]
    pairwise_key: PairwiseKey,
    #[back_channel]
    back_channel: BackChannel,
    #[interaction]
    people: I,
}

impl<C: ClientStore + 'static, I: Interaction<Accounts<C>>> Op<C, I> {
    pub(crate) fn new(fixture: &mut Fixture, clients: C, people: I) -> Self {
        // Making an RSA key takes long.
        static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate(Algorithm::RS256).unwrap());
        Self {
            accounts: Accounts { clients, store: MemoryStore::default() },
            key: KEY.clone(),
            pairwise_key: PairwiseKey::new("a key of thirty-two bytes or more").unwrap(),
            back_channel: fixture.back_channel(),
            people,
        }
    }
}
