//! One method that a request may have used. The framework's are known by their types, so that asking one costs no box.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use super::client_secret_basic::{self, ClientSecretBasic};
use super::client_secret_jwt::ClientSecretJwt;
use super::client_secret_post::ClientSecretPost;
use super::none::NoAuthentication;
use super::private_key_jwt::PrivateKeyJwt;
use super::{AnyClientAuth, Application, ClientAuth};
use crate::client::{Client, ClientAuthMethod};
use crate::error::Result;
use crate::request::Request;

/// A client authentication method: one file each, or from outside.
pub(super) enum Method<'m, V> {
    Basic,
    Post,
    SecretJwt(&'m V),
    KeyJwt,
    /// That of a request without credentials.
    None(&'m V),
    Outside(&'m dyn AnyClientAuth),
}

/// Asks whichever it is.
macro_rules! ask {
    ($self:expr, $method:ident => $answer:expr) => {
        match *$self {
            Method::Basic => ask!(@ ClientSecretBasic, $method => $answer),
            Method::Post => ask!(@ ClientSecretPost, $method => $answer),
            Method::SecretJwt(validator) => ask!(@ ClientSecretJwt(validator), $method => $answer),
            Method::KeyJwt => ask!(@ PrivateKeyJwt::<V>(PhantomData), $method => $answer),
            Method::None(validator) => ask!(@ NoAuthentication(validator), $method => $answer),
            Method::Outside($method) => $answer,
        }
    };
    (@ $known:expr, $method:ident => $answer:expr) => {{
        let $method = &$known;
        $answer
    }};
}

impl<'m, V: Application> Method<'m, V> {
    /// All that have credentials, those of the framework first.
    pub(super) fn all(
        validator: &'m V,
        outside: &'m [Arc<dyn AnyClientAuth>],
    ) -> impl Iterator<Item = Self> + Clone {
        let built_in = [Self::Basic, Self::Post, Self::SecretJwt(validator), Self::KeyJwt];
        built_in.into_iter().chain(outside.iter().map(|method| Self::Outside(&**method)))
    }

    pub(super) fn method(&self) -> ClientAuthMethod {
        ask!(self, method => AnyClientAuth::method(method))
    }

    pub(super) fn scheme(&self) -> Option<&'static str> {
        ask!(self, method => AnyClientAuth::scheme(method))
    }

    pub(super) fn is_ambient(&self) -> bool {
        ask!(self, method => AnyClientAuth::is_ambient(method))
    }

    pub(super) fn is_in(&self, request: &Request) -> bool {
        ask!(self, method => AnyClientAuth::is_in(method, request))
    }

    /// The client that the credentials name.
    pub(super) fn client_id<'r>(&self, request: &'r Request) -> Result<Cow<'r, str>> {
        match self {
            // It stands in the request as it is.
            Self::Basic => client_secret_basic::client_id(request).map(Cow::Borrowed),
            other => ask!(other, method => AnyClientAuth::client_id(method, request)).map(Cow::Owned),
        }
    }

    pub(super) async fn verify(&self, client: Option<&Client>, request: &mut Request) -> Result<bool> {
        match *self {
            Self::Basic => ClientAuth::verify(&ClientSecretBasic, client, request).await,
            Self::Post => ClientAuth::verify(&ClientSecretPost, client, request).await,
            Self::SecretJwt(validator) => {
                ClientAuth::verify(&ClientSecretJwt(validator), client, request).await
            }
            Self::KeyJwt => ClientAuth::verify(&PrivateKeyJwt::<V>(PhantomData), client, request).await,
            Self::None(validator) => ClientAuth::verify(&NoAuthentication(validator), client, request).await,
            Self::Outside(method) => method.verify(client, request).await,
        }
    }
}

impl<V> Clone for Method<'_, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Method<'_, V> {}
