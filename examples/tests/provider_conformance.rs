//! The suite over the provider: the server with every grant, and the one whose resources are data.

use std::sync::LazyLock;

use oauth_core::conformance::{BoxError, Fixture};
use oauth_core::prelude::*;

use crate::arguments::Format;
use crate::keys::Keys;
use crate::offer::Offer;
use crate::people::People;
use crate::profiles::{Mcp, OAuth20, ProfileArgument};
use crate::registered::Clients;
use crate::server::{Accounts, ClientSecrets, Parts};
use crate::tokens::AccessTokens;
use crate::{resources, scopes};

// Making an RSA key takes long.
static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::generate().expect("keys"));

async fn parts(fixture: &mut Fixture) -> std::result::Result<Parts<MemoryStore>, BoxError> {
    let (file, users, store) = (MemoryStore::default(), MemoryStore::default(), MemoryStore::default());
    users.save_user(fixture.user()?).await?;
    let issuer = "http://127.0.0.1:9000".to_owned();
    Ok(Parts {
        accounts: Accounts {
            clients: Clients { file, store: store.clone(), registered: Some(store.clone()) },
            users: People { file: users, store: store.clone() },
            store,
            secrets: ClientSecrets::new(),
        },
        tokens: AccessTokens::new(Format::Jwt, issuer.clone(), KEYS.access_tokens.clone()),
        id_tokens: KEYS.id_tokens.clone(),
        pairwise_key: KEYS.pairwise.clone(),
        nonce_key: None,
        stored_keys: None,
        audit: None,
        back_channel: fixture.back_channel(),
        pages: LoginPages::new(),
        issuer,
    })
}

/// The usual scopes, and where a profile wants one, a resource.
fn offer(profile: ProfileArgument) -> Offer {
    let mut offer = profile.offer();
    scopes::read(None, &mut offer).expect("the usual scopes");
    if profile == ProfileArgument::Mcp {
        resources::argument("https://mcp.example.com=calendar", &mut offer).expect("a resource");
    }
    offer
}

mod oauth2_0 {
    use super::*;

    oauth_core::conformance!(OAuth20<MemoryStore, true>, |fixture| {
        let environment = offer(ProfileArgument::OAuth20).environment();
        fixture.environment::<OAuth20<MemoryStore, true>>(environment);
        OAuth20(parts(fixture).await?)
    });
}

mod mcp {
    use super::*;

    oauth_core::conformance!(Mcp<MemoryStore, true>, |fixture| {
        fixture.environment::<Mcp<MemoryStore, true>>(offer(ProfileArgument::Mcp).environment());
        Mcp(parts(fixture).await?)
    });
}
