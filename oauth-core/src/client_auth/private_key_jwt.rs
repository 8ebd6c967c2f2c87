//! `private_key_jwt`: a JWT that the client signed with its private key, RFC 7523 §2.2.

use std::marker::PhantomData;

use super::{ClientAuth, assertion};
use crate::client::{Client, ClientAuthMethod};
use crate::error::Result;
use crate::request::Request;
use crate::store::StoreRoles;

pub(super) struct PrivateKeyJwt<V>(pub(super) PhantomData<fn() -> V>);

impl<V: StoreRoles> ClientAuth for PrivateKeyJwt<V> {
    const METHOD: ClientAuthMethod = ClientAuthMethod::PrivateKeyJwt;

    fn is_in(&self, request: &Request) -> bool {
        assertion::is_of(Self::METHOD, request)
    }

    fn client_id(&self, request: &Request) -> Result<String> {
        assertion::client_id(request)
    }

    async fn verify(&self, client: Option<&Client>, request: &mut Request) -> Result<bool> {
        let keys = |_| match client.and_then(|client| Some((client, client.jwks.as_ref()?))) {
            Some((client, jwks)) => Ok(jwks.keys(client.token_endpoint_auth_signing_alg).clone()),
            None => Err("the client has no jwks".into()),
        };
        Ok(assertion::verify::<V>(Self::METHOD, client, request, keys))
    }
}
