//! The things that the files say: scopes and resources, clients and users.

use oauth_core::prelude::*;
use oauth_core::store::StoreError;

use crate::arguments::Arguments;
use crate::offer::Offer;
use crate::server::ClientSecrets;
use crate::{clients, resources, scopes, users};

/// The clients and users that were read, and what clients can be given.
#[derive(Debug)]
pub(crate) struct Directory {
    pub(crate) offer: Offer,
    pub(crate) store: MemoryStore,
    pub(crate) clients: usize,
    pub(crate) users: usize,
    pub(crate) secrets: ClientSecrets,
}

impl Directory {
    /// Reads the files.
    ///
    /// # Errors
    ///
    /// Every mistake of every file, one line each. Where scopes or resources are wrong, it is not known yet what clients may ask for:
    /// clients are told once that is right.
    pub(crate) async fn read(arguments: &Arguments) -> std::result::Result<Self, Vec<String>> {
        let users = users::read(&arguments.users);
        let offer = read_offer(arguments);
        let clients = match &offer {
            Ok(offer) => clients::read(&arguments.clients, users.as_deref().unwrap_or_default(), offer),
            Err(_) => Ok(Vec::new()),
        };
        let (offer, clients, users) = match (offer, clients, users) {
            (Ok(offer), Ok(clients), Ok(users)) => (offer, clients, users),
            (offer, clients, users) => {
                let mistakes = [offer.err(), clients.err(), users.err()];
                return Err(mistakes.into_iter().flatten().flatten().collect());
            }
        };
        let mut directory = Self {
            offer,
            store: MemoryStore::default(),
            clients: clients.len(),
            users: users.len(),
            secrets: ClientSecrets::new(),
        };
        let failed = |error: StoreError| vec![oauth_examples::one_line(&error)];
        for (client, secret) in clients {
            directory.secrets.extend(secret.map(|secret| (client.client_id.clone(), secret)));
            directory.store.save_client(client).await.map_err(failed)?;
        }
        for user in users {
            directory.store.save_user(user).await.map_err(failed)?;
        }
        Ok(directory)
    }
}

/// The offer of the profile, with the scopes and the resources.
fn read_offer(arguments: &Arguments) -> std::result::Result<Offer, Vec<String>> {
    let mut offer = arguments.profile.offer();
    scopes::read(arguments.scopes.as_deref(), &mut offer)?;
    let mut mistakes: Vec<_> = nothing_for_strangers(arguments, &offer).into_iter().collect();
    for path in &arguments.resource_files {
        mistakes.extend(resources::read(path, &mut offer).err().unwrap_or_default());
    }
    mistakes
        .extend(arguments.resources.iter().filter_map(|text| resources::argument(text, &mut offer).err()));
    if mistakes.is_empty() { Ok(offer) } else { Err(mistakes) }
}

/// RFC 7591 §5: who comes by itself is trusted with what the operator says, and that has to be said.
fn nothing_for_strangers(arguments: &Arguments, offer: &Offer) -> Option<String> {
    let path = arguments.scopes.as_deref().filter(|_| offer.unverified_scopes.is_empty())?.display();
    let why = match arguments.registration {
        true => "with `--registration`",
        false if offer.takes_client_documents => "with `--profile mcp`",
        false => return None,
    };
    Some(format!(
        "{path}: no scope is for clients that come by themselves, as they do {why} (RFC 7591 §5): write `\"strangers\": true` at those \
         that they may ask people for"
    ))
}
