//! [`ClientAuth`] without its type, so that methods are kept in one list.

use std::pin::Pin;

use super::ClientAuth;
use crate::client::{Client, ClientAuthMethod};
use crate::error::Result;
use crate::request::Request;

type Future<'a> = Pin<Box<dyn std::future::Future<Output = Result<bool>> + Send + 'a>>;

/// Every [`ClientAuth`] is one.
pub(crate) trait AnyClientAuth: Send + Sync {
    fn method(&self) -> ClientAuthMethod;
    fn scheme(&self) -> Option<&'static str>;
    fn is_ambient(&self) -> bool;
    fn is_in(&self, request: &Request) -> bool;
    fn client_id(&self, request: &Request) -> Result<String>;
    fn verify<'a>(&'a self, client: Option<&'a Client>, request: &'a mut Request) -> Future<'a>;
}

impl<M: ClientAuth> AnyClientAuth for M {
    fn method(&self) -> ClientAuthMethod {
        M::METHOD
    }

    fn scheme(&self) -> Option<&'static str> {
        M::SCHEME
    }

    fn is_ambient(&self) -> bool {
        M::IS_AMBIENT
    }

    fn is_in(&self, request: &Request) -> bool {
        ClientAuth::is_in(self, request)
    }

    fn client_id(&self, request: &Request) -> Result<String> {
        ClientAuth::client_id(self, request)
    }

    fn verify<'a>(&'a self, client: Option<&'a Client>, request: &'a mut Request) -> Future<'a> {
        Box::pin(ClientAuth::verify(self, client, request))
    }
}
