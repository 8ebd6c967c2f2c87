//! `pushed_authorization_requests(required, expires_in = "60s")`, RFC 9126.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::attr::Attr;
use crate::args::Value;
use crate::diagnostics::Diagnostics;
use crate::krate::at;
use crate::literal::{Seconds, limited};
use crate::rules::lifetime::PUSHED_EXPIRES_IN;

const EXAMPLE: &str = "expires_in = \"60s\"";

/// The way that clients push authorization requests.
pub(super) struct Pushed {
    pub(super) span: Span,
    /// The place of `required`, if it is there.
    required: Option<Span>,
    pub(super) expires_in: Option<Seconds>,
}

/// With options in brackets, or none.
pub(super) fn check(attr: &Attr, diagnostics: &Diagnostics) -> Option<Pushed> {
    let arg = attr.pushed_authorization_requests.as_ref()?;
    let mut pushed = Pushed { span: arg.span, required: None, expires_in: None };
    if matches!(arg.value, Value::None) {
        return Some(pushed);
    }
    let mut options = arg.list(EXAMPLE, diagnostics)?;
    if let Some(required) = options.take("required", diagnostics) {
        required.bare(diagnostics);
        pushed.required = Some(required.span);
    }
    let expires_in = options.take("expires_in", diagnostics);
    pushed.expires_in = expires_in.and_then(|arg| limited(&arg, &PUSHED_EXPIRES_IN, diagnostics));
    options.finish("pushed_authorization_requests", &["required", "expires_in"], diagnostics);
    Some(pushed)
}

impl Pushed {
    /// The setter of it.
    pub(super) fn setter(&self, private: &TokenStream) -> TokenStream {
        let required = self.required.map(|span| quote_spanned!(at(span)=> .required()));
        let expires_in = self.expires_in.as_ref().map(|expires_in| expires_in.setter(private));
        quote_spanned! {at(self.span)=>
            .pushed_authorization_requests(#private::PushedAuthorizationRequests::new() #required #expires_in)
        }
    }
}
