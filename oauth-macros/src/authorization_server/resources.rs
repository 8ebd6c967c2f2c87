//! The rules of `resources("https://api.example.com", CalendarApi)`.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::Type;
use syn::spanned::Spanned as _;

use super::attr::Attr;
use crate::args::{Arg, Args, Text, Value};
use crate::chunks::chunks;
use crate::diagnostics::Diagnostics;
use crate::krate::{Krate, at};
use crate::literal::string;
use crate::rules;
use crate::scope_list::{self, Scope};

const EXAMPLE: &str = "\"https://api.example.com/calendar\"";
const WITH_SCOPES: &str = "(scopes(\"calendar.read\"))";

/// One resource of the list.
pub(super) enum Resource {
    Text {
        uri: Text,
        /// `None`: every scope is known there.
        scopes: Option<Vec<Scope>>,
    },
    /// A type that is a resource server, which the compiler checks.
    Type(Box<Type>),
}

impl Resource {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Text { uri, .. } => uri.span,
            Self::Type(ty) => ty.span(),
        }
    }

    /// True if its URI and all its scopes are known here.
    pub(super) fn is_known(&self) -> bool {
        match self {
            Self::Text { scopes, .. } => scopes.iter().flatten().all(|scope| scope.name().is_some()),
            Self::Type(_) => false,
        }
    }

    /// The resource as the rules of a server see it.
    pub(super) fn rated(&self, index: usize) -> Option<rules::server::Resource<'_>> {
        let Self::Text { uri, scopes } = self else { return None };
        let names = scopes.iter().flatten().filter_map(Scope::name);
        let scopes = names.map(|name| name.value.as_str()).collect();
        Some(rules::server::Resource { index, uri: &uri.value, scopes })
    }

    /// An expression of the run-time `Resource`.
    pub(super) fn tokens(&self, krate: &Krate) -> TokenStream {
        let (private, span) = (krate.private(self.span()), at(self.span()));
        match self {
            Self::Type(ty) => quote_spanned!(span=> #private::resource_of::<#ty>()),
            Self::Text { uri, scopes } => {
                let uri = string(uri);
                let scopes = scopes.as_ref().map(|scopes| {
                    let names = scopes.iter().map(|scope| scope.name_tokens(krate));
                    quote_spanned!(span=> .scopes(&[#(#names),*]))
                });
                quote_spanned!(span=> #private::Resource::new(#uri) #scopes)
            }
        }
    }
}

/// The resources as they are given.
pub(super) fn check(attr: &Attr, diagnostics: &Diagnostics) -> Vec<Resource> {
    let Some(arg) = &attr.resources else { return Vec::new() };
    let Value::List(group) = &arg.value else {
        arg.list(EXAMPLE, diagnostics);
        return Vec::new();
    };
    let chunks = chunks(group.stream(), "a resource", diagnostics);
    if chunks.is_empty() {
        reject_empty(arg, diagnostics);
    }
    chunks.into_iter().filter_map(|chunk| resource(chunk, diagnostics)).collect()
}

/// An empty list declares what no list declares.
fn reject_empty(arg: &Arg, diagnostics: &Diagnostics) {
    let rule = &rules::resource_indicator::a_list_of_resources_is_not_empty;
    diagnostics.error(arg.span, rule.says(&[&EXAMPLE]));
}

fn resource(chunk: TokenStream, diagnostics: &Diagnostics) -> Option<Resource> {
    if let Some(ty) = scope_list::path_to_type(&chunk) {
        return Some(Resource::Type(Box::new(ty)));
    }
    let arg = Args::parse(chunk, diagnostics).into_iter().next()?;
    if !arg.is_string {
        let message = if arg.name.starts_with(char::is_uppercase) {
            format!(
                "the scopes of `{}` are those that its `#[resource_server(scopes(…))]` says: write the type alone",
                arg.name
            )
        } else {
            format!("a resource is a URI or a type with `#[resource_server]`: write `{EXAMPLE}`, for example")
        };
        diagnostics.error(arg.span, message);
        return None;
    }
    let scopes = match &arg.value {
        Value::None => None,
        Value::Assigned(_) => {
            let message = format!(
                "the scopes of a resource stand in parentheses: write `\"{}\"{WITH_SCOPES}`",
                arg.name
            );
            diagnostics.error(arg.span, message);
            return None;
        }
        Value::List(group) => Some(scopes(&arg, group.stream(), diagnostics)?),
    };
    Some(Resource::Text { uri: Text { value: arg.name, span: arg.span }, scopes })
}

/// `(scopes("a", B))` after a URI.
fn scopes(arg: &Arg, list: TokenStream, diagnostics: &Diagnostics) -> Option<Vec<Scope>> {
    let mut args = Args::parse(list, diagnostics);
    let scopes = args.take("scopes", diagnostics);
    let is_legible = args.is_legible();
    let mut others = args.into_iter().peekable();
    if scopes.is_none() && others.peek().is_none() && is_legible {
        diagnostics.error(
            arg.span,
            format!("the scopes of a resource are missing: write `\"{}\"{WITH_SCOPES}`", arg.name),
        );
    }
    for other in others {
        let message =
            format!("the scopes of a resource stand in `scopes(…)`: write `\"{}\"{WITH_SCOPES}`", arg.name);
        diagnostics.error(other.span, message);
    }
    let scopes = scopes?;
    Some(scope_list::parse(&scopes, "\"calendar.read\"", false, diagnostics))
}
