//! What an operator does: adding people and clients.

use oauth_core::prelude::*;

use crate::BoxError;
use crate::server::Accounts;

pub const USAGE: &str = "usage: starter                            serves\n\
     usage: starter person USERNAME            adds a person, with the password on the first line of standard input\n\
     usage: starter client ID REDIRECT_URI     adds a client, and prints its secret";

pub async fn add_person(database_url: &str, username: &str) -> Result<(), BoxError> {
    let Accounts { people, .. } = Accounts::open(database_url).await?;
    if people.user_by_username(username).await?.is_some() {
        return Err(format!("there is a person `{username}` already").into());
    }
    let password = std::io::read_to_string(std::io::stdin())?;
    let password = SecretString::new(password.lines().next().unwrap_or_default());
    // Random, and not the name: people change their names, and others get them.
    let subject = SecretString::random();
    people.save_user(User::new(subject.expose(), username).with_password(password.expose())?).await?;
    Ok(())
}

pub async fn add_client(database_url: &str, client_id: &str, redirect_uri: &str) -> Result<(), BoxError> {
    let Accounts { store, .. } = Accounts::open(database_url).await?;
    if store.client(client_id).await?.is_some() {
        return Err(format!("there is a client `{client_id}` already").into());
    }
    let secret = ClientSecret::generate();
    let client = Client::confidential(client_id, &secret).redirect_uri(redirect_uri);
    store.save_client(client.scope("openid profile offline_access calendar").build()?).await?;
    // The one time that it is shown: the database has its hash.
    println!("{}", secret.expose());
    Ok(())
}
