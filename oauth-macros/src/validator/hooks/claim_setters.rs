//! The hooks that may set claims of a token: those that hand the request on, or touch its `claims`. What they set, nobody sees.

use proc_macro2::{Ident, TokenStream, TokenTree};

use super::method::Method;
use super::signature::plain_type;
use super::table::Hook;

/// The hooks whose records have claims already: what they return, or keep, is the application's own.
const OF_RECORDS: [&str; 6] = [
    "save_authorization_code",
    "peek_authorization_code",
    "redeem_authorization_code",
    "save_bearer_token",
    "validate_bearer_token",
    "validate_refresh_token",
];

/// The methods of a request, none of which sets a claim. One of another name is the application's own, and may do anything.
const METHODS: [&str; 16] = [
    "now",
    "method",
    "uri",
    "headers",
    "query",
    "body",
    "json",
    "param",
    "client_id",
    "require_client",
    "client_is_authenticated",
    "subject_identifier",
    "asked_scopes",
    "url",
    "respond_with",
    "claim_once",
];

/// Tells whether a hook may set claims.
pub(super) fn may_set_claims(hook: &Hook, method: &Method) -> bool {
    let body = match method.tokens.clone().into_iter().last() {
        Some(TokenTree::Group(body)) => body.stream(),
        _ => TokenStream::new(),
    };
    let requests = hook.parameters.iter().zip(&method.parameters).filter(|((_, ty), parameter)| {
        *ty == "&mut Request" && plain_type(&parameter.ty).as_deref() != Some("&Request")
    });
    // One without a name is not used, and one with a pattern is taken apart.
    let mut names = requests.filter_map(|(_, parameter)| parameter.name.as_ref());
    OF_RECORDS.contains(&hook.name) || names.any(|name| is_pattern(name) || hands_on(name, body.clone()))
}

/// Tells whether what stands for a parameter is a type: `Request { claims, .. }`.
fn is_pattern(name: &Ident) -> bool {
    name.to_string().starts_with(char::is_uppercase)
}

/// Tells whether the name stands anywhere but before the `.` of a method or a field that sets no claim.
fn hands_on(name: &Ident, tokens: TokenStream) -> bool {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is_dot =
        |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(dot)) if dot.as_char() == '.');
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Group(group) => hands_on(name, group.stream()),
        // A field of something else has the name by chance.
        TokenTree::Ident(found) if found == name && !(at > 0 && is_dot(tokens.get(at - 1))) => {
            let is_read = is_dot(tokens.get(at + 1))
                && matches!(tokens.get(at + 2), Some(TokenTree::Ident(member)) if is_harmless(member, tokens.get(at + 3)));
            !is_read
        }
        _ => false,
    })
}

/// Tells whether a member of a request is a method that is known, or a field but `claims`.
fn is_harmless(member: &Ident, next: Option<&TokenTree>) -> bool {
    let is_call = matches!(next, Some(TokenTree::Group(_)))
        || matches!(next, Some(TokenTree::Punct(colon)) if colon.as_char() == ':');
    if is_call { METHODS.iter().any(|method| member == method) } else { member != "claims" }
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;

    fn sets(body: &str) -> bool {
        hands_on(&Ident::new("request", Span::call_site()), body.parse().unwrap())
    }

    #[test]
    fn a_request_that_is_read_gets_no_claims() {
        for body in [
            "",
            "Ok(request.now() > self.opening)",
            "let client = request.require_client()?; Ok(client.client_id == client_id)",
            "if request.scopes.is_none() { tracing::info!(subject = ?request.subject, \"none\") } Ok(())",
            "request.extra_credentials.insert(\"a\", 1)",
            "other.request(1); other.request = 2;",
        ] {
            assert!(!sets(body), "{body}");
        }
    }

    #[test]
    fn whoever_is_given_the_request_may_set_claims() {
        for body in [
            "request.claims.insert(\"tenant\", 1)",
            "self.describe(request)",
            "self.describe(&mut *request).await",
            "if self.is_open { fill(request, 1) }",
            "let all = request; Ok(())",
            "request.set_tenant(\"acme\")",
            "request.claims = Claims::new();",
            "Request::fill(request)",
        ] {
            assert!(sets(body), "{body}");
        }
    }

    /// One that is none would pass a trait of the application's own: a test of the whole compares the snapshot with the sources of a request.
    #[test]
    fn the_known_methods_are_in_the_snapshots() {
        crate::snapshots::compare("methods.txt", &format!("{}\n", METHODS.join("\n")));
    }
}
