//! Assignments to what was validated of a request. The compiler would say that a dereference cannot be written to, and not what to
//! write instead.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{TokenStreamExt as _, quote, quote_spanned};
use syn::parse::discouraged::Speculative as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Token, token};

use super::method::{ImplBlock, Item, Method};
use super::signature::plain_type;
use crate::diagnostics::Diagnostics;
use crate::krate::{Krate, at};
use crate::rules;

/// The fields of `Validated`, each with what has a say in it.
const FIELDS: [(&str, &str); 11] = [
    ("client", "return the client from `authenticate_client`"),
    (
        "subject",
        "the interaction says who logged in, by `Decision::Approve`; an assertion speaks `for_subject`, and an extension grant \
         returns a `GrantApproval`",
    ),
    (
        "auth_time",
        "the interaction says when somebody logged in, by `Approval::auth_time`; an extension grant says it by \
         `GrantApproval::auth_time`",
    ),
    ("acr", "the interaction says how somebody logged in, by `Approval::acr`"),
    ("amr", "the interaction says how somebody logged in, by `Approval::amr`"),
    ("grant_type", "the client chose it, and `validate_grant_type` can refuse it"),
    (
        "scopes",
        "return the scopes from `get_default_scopes`, or refuse some in `validate_scopes` (in `is_within_original_scope` where a \
         token is refreshed)",
    ),
    ("resources", "the client named them, and `get_token_resources` picks those of a token"),
    (
        "expires_in",
        "`expires_in` of the token generator says it, or `BearerToken::expires_in` where tokens are made by hand",
    ),
    ("family", "the grant says which tokens are revoked together"),
    ("openid", "the authorization request said it; `finalize_id_token` adds claims to the ID token"),
];

/// Refuses to assign to those fields, and assigns to other places instead: the compiler need not refuse it again.
pub(super) fn check_assignments(block: &mut ImplBlock, krate: &Krate, diagnostics: &Diagnostics) {
    for item in &mut block.items {
        let Item::Method(method) = item else { continue };
        let Some(request) = request(method).cloned() else { continue };
        let mut tokens: Vec<_> = method.tokens.clone().into_iter().collect();
        if let Some(TokenTree::Group(body)) = tokens.last_mut()
            && let Some(inner) = (Body { request, krate, diagnostics }).refuse_in(body.stream())
        {
            *body = with_stream(body, inner);
            method.tokens = tokens.into_iter().collect();
        }
    }
}

/// The name that a method gives to the request.
fn request(method: &Method) -> Option<&Ident> {
    let is_request = |ty| matches!(plain_type(ty).as_deref(), Some("&Request" | "&mut Request"));
    method.parameters.iter().find(|parameter| is_request(&parameter.ty))?.name.as_ref()
}

/// A body, in which the request has a name.
struct Body<'a> {
    request: Ident,
    krate: &'a Krate,
    diagnostics: &'a Diagnostics,
}

impl Body<'_> {
    /// The tokens with other places; `None`: nothing is assigned.
    fn refuse_in(&self, tokens: TokenStream) -> Option<TokenStream> {
        (|input: ParseStream<'_>| self.read(input)).parse2(tokens).ok().flatten()
    }

    /// Reads tokens and not statements: a body may be half-written.
    fn read(&self, input: ParseStream<'_>) -> syn::Result<Option<TokenStream>> {
        let (mut tokens, mut is_changed) = (TokenStream::new(), false);
        while !input.is_empty() {
            if self.is_bound_again(input) {
                tokens.extend(input.parse::<TokenStream>()?);
            } else if input.peek(Token![.]) || input.peek(Token![!]) || input.peek(Token![#]) {
                // A field of something else, and what macros and attributes are given: `info!(request.subject = …)`.
                tokens.append(input.parse::<TokenTree>()?);
                tokens.append_all(input.parse::<TokenTree>().ok());
            } else if let Some(place) = self.refused(input)? {
                tokens.extend(place);
                is_changed = true;
            } else {
                let mut token = input.parse()?;
                if let TokenTree::Group(group) = &mut token
                    && let Some(inner) = self.refuse_in(group.stream())
                {
                    *group = with_stream(group, inner);
                    is_changed = true;
                }
                tokens.append(token);
            }
        }
        Ok(is_changed.then_some(tokens))
    }

    /// Tells whether the name is something else's from here on: `let request = …`.
    fn is_bound_again(&self, input: ParseStream<'_>) -> bool {
        let bound = |input: ParseStream<'_>| {
            input.parse::<Token![let]>()?;
            input.parse::<Option<Token![mut]>>()?;
            input.parse::<Ident>()
        };
        input.peek(Token![let]) && bound(&input.fork()).is_ok_and(|name| name == self.request)
    }

    /// Refuses `request.field = …`, `request.field += …` and `&mut request.field`, and reads it up to the `=`. The place that it
    /// returns has the same type, and borrows nothing.
    fn refused(&self, input: ParseStream<'_>) -> syn::Result<Option<TokenStream>> {
        let fork = input.fork();
        let mut borrow = TokenStream::new();
        if fork.peek(Token![&]) && fork.peek2(Token![mut]) {
            borrow.append(fork.parse::<TokenTree>()?);
            borrow.append(fork.parse::<TokenTree>()?);
        }
        let Some(Place { request, dot, field, advice }) = self.place(&fork) else { return Ok(None) };
        let skipped = if borrow.is_empty() { operator(&fork) } else { (!is_continued(&fork)).then_some(0) };
        let Some(skipped) = skipped else { return Ok(None) };
        for _ in 0..skipped {
            fork.parse::<TokenTree>()?;
        }
        input.advance_to(&fork);
        let message = rules::validator::a_hook_reads_what_was_validated.says(&[&request, &field, &advice]);
        let written = quote!(#request #dot #field);
        self.diagnostics.error_over(&written, message);
        let (private, span) = (self.krate.private(field.span()), at(field.span()));
        Ok(Some(if skipped == 0 {
            quote_spanned!(span=> #borrow #private::Vec::from([#private::Clone::clone(&#written)]).leak()[0])
        } else {
            // No field has such an operator: an `=` stands for it, to a place of whatever type.
            quote_spanned!(span=> (&#written, #private::Vec::new()).1.leak()[0])
        }))
    }

    /// Reads a validated field of the request.
    fn place(&self, input: ParseStream<'_>) -> Option<Place> {
        let request = input.parse::<Ident>().ok().filter(|name| *name == self.request)?;
        let (dot, field) = (input.parse().ok()?, input.parse::<Ident>().ok()?);
        let (_, advice) = FIELDS.iter().find(|(name, _)| field == name)?;
        Some(Place { request, dot, field, advice })
    }
}

/// A validated field, as it was written.
struct Place {
    request: Ident,
    dot: Token![.],
    field: Ident,
    advice: &'static str,
}

/// The number of tokens before the `=` of an assignment: `=` has none, `+=` one.
fn operator(input: ParseStream<'_>) -> Option<usize> {
    if input.peek(Token![<<=]) || input.peek(Token![>>=]) {
        Some(2)
    } else if input.peek(Token![+=])
        || input.peek(Token![-=])
        || input.peek(Token![*=])
        || input.peek(Token![/=])
        || input.peek(Token![%=])
        || input.peek(Token![^=])
        || input.peek(Token![&=])
        || input.peek(Token![|=])
    {
        Some(1)
    } else {
        let is_other = input.peek(Token![==]) || input.peek(Token![=>]);
        (input.peek(Token![=]) && !is_other).then_some(0)
    }
}

/// Tells whether a field is only where an expression begins: `&mut request.scopes.clone()`.
fn is_continued(input: ParseStream<'_>) -> bool {
    input.peek(Token![.]) || input.peek(Token![?]) || input.peek(token::Paren) || input.peek(token::Bracket)
}

/// The group with other tokens in it.
fn with_stream(group: &Group, stream: TokenStream) -> Group {
    let mut other = Group::new(group.delimiter(), stream);
    other.set_span(group.span());
    other
}
