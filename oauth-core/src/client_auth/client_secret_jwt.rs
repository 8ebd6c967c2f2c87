//! `client_secret_jwt`: a JWT that the client signed with its secret, OpenID Connect Core §9.

use super::{Application, ClientAuth, assertion};
use crate::client::{Client, ClientAuthMethod};
use crate::error::Result;
use crate::jose::SigningKey;
use crate::request::Request;

pub(super) struct ClientSecretJwt<'a, V>(pub(super) &'a V);

impl<V: Application> ClientAuth for ClientSecretJwt<'_, V> {
    const METHOD: ClientAuthMethod = ClientAuthMethod::ClientSecretJwt;

    fn is_in(&self, request: &Request) -> bool {
        assertion::is_of(Self::METHOD, request)
    }

    fn client_id(&self, request: &Request) -> Result<String> {
        assertion::client_id(request)
    }

    async fn verify(&self, client: Option<&Client>, request: &mut Request) -> Result<bool> {
        let secret = match client {
            Some(client) => self.0.get_client_secret(client, request).await?,
            None => None,
        };
        let keys = |algorithm| match &secret {
            Some(secret) => SigningKey::hmac(secret.expose(), algorithm)
                .map(|key| [key.into()].into_iter().collect())
                .map_err(|cause| cause.to_string().into()),
            None => Err("get_client_secret has no secret of this client".into()),
        };
        Ok(assertion::verify::<V>(Self::METHOD, client, request, keys))
    }
}
