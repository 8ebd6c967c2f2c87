//! [`Binding`] without its type, so that bindings are kept in one list.

use std::fmt;
use std::pin::Pin;

use serde_json::{Map, Value};

use super::Binding;
use crate::error::Result;
use crate::request::Request;

type Future<'a, T> = Pin<Box<dyn std::future::Future<Output = Result<T>> + Send + 'a>>;

/// Every [`Binding`] is one.
pub(crate) trait AnyBinding: Send + Sync {
    fn scheme(&self) -> &'static str;
    fn token_type(&self) -> &'static str;
    fn bind<'a>(&'a self, request: &'a mut Request) -> Future<'a, Option<Value>>;
    fn is_of(&self, confirmation: Option<&Value>) -> bool;
    fn verify<'a>(
        &'a self,
        confirmation: &'a Value,
        token: &'a str,
        request: &'a mut Request,
    ) -> Future<'a, ()>;
    fn challenge(&self) -> Vec<(&'static str, String)>;
    fn metadata(&self, document: &mut Map<String, Value>);
}

impl<B: Binding> AnyBinding for B {
    fn scheme(&self) -> &'static str {
        B::SCHEME
    }

    fn token_type(&self) -> &'static str {
        B::TOKEN_TYPE
    }

    fn bind<'a>(&'a self, request: &'a mut Request) -> Future<'a, Option<Value>> {
        Box::pin(Binding::bind(self, request))
    }

    fn is_of(&self, confirmation: Option<&Value>) -> bool {
        Binding::is_of(self, confirmation)
    }

    fn verify<'a>(
        &'a self,
        confirmation: &'a Value,
        token: &'a str,
        request: &'a mut Request,
    ) -> Future<'a, ()> {
        Box::pin(Binding::verify(self, confirmation, token, request))
    }

    fn challenge(&self) -> Vec<(&'static str, String)> {
        Binding::challenge(self)
    }

    fn metadata(&self, document: &mut Map<String, Value>) {
        Binding::metadata(self, document);
    }
}

impl fmt::Debug for dyn AnyBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scheme())
    }
}
