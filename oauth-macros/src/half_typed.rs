//! The input that an editor expands: attributes, fields and bodies that are being typed. Every token of the
//! user's comes out where it was, so that completion and go-to-definition work on it, and the item is what it
//! is going to be, so that the rest of the crate has no errors of its own.

mod offers;
mod prefixes;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

type Expand = fn(TokenStream, TokenStream) -> TokenStream;

const VALIDATOR: Expand = crate::validator::expand;
const TOKEN_GENERATOR: Expand = |args, item| crate::token_generator::expand(args, &item);
const AUTHORIZATION_SERVER: Expand = |args, item| crate::authorization_server::expand(args, &item);
const RESOURCE_SERVER: Expand = |args, item| crate::resource_server::expand(args, &item);
const EXTENSION_GRANT: Expand = |args, item| crate::extension_grant::expand(args, &item);
const SCOPE: Expand = |args, item| crate::scope::expand(args, &item);

/// Tokens as text, each with its place in the source.
fn leaves(tokens: TokenStream) -> Vec<(String, usize)> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Group(group) => leaves(group.stream()),
            token => vec![(token.to_string(), token.span().byte_range().start)],
        })
        .collect()
}

/// Every token of `user` is in `expansion`, in its order and at its place.
fn assert_kept(user: TokenStream, expansion: TokenStream) {
    let mut emitted = leaves(expansion).into_iter();
    for token in leaves(user) {
        assert!(emitted.any(|other| other == token), "`{}` is lost, or moved", token.0);
    }
}

fn count(tokens: TokenStream, name: &str) -> usize {
    leaves(tokens).iter().filter(|(text, _)| text == name).count()
}

/// The item without helper attributes, right or wrong.
fn without_helpers(tokens: TokenStream) -> TokenStream {
    const HELPERS: [&str; 7] =
        ["store", "sto", "signing_key", "validator", "decryption_key", "claim", "token_generator"];
    let is_helper = |token: &TokenTree| {
        let TokenTree::Group(group) = token else { return false };
        let first = group.stream().into_iter().next();
        group.delimiter() == Delimiter::Bracket
            && first.is_some_and(|name| HELPERS.contains(&name.to_string().as_str()))
    };
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        if is_helper(&token) {
            kept.pop();
            continue;
        }
        kept.push(match token {
            TokenTree::Group(group) => Group::new(group.delimiter(), without_helpers(group.stream())).into(),
            token => token,
        });
    }
    kept.into_iter().collect()
}

/// Expands: the item comes out, there are so many errors, and `implemented` comes before `for Name`.
fn check(expand: Expand, args: &str, item: &str, errors: usize, implemented: &str) {
    let item_tokens: TokenStream = item.parse().unwrap();
    let expansion = expand(args.parse().unwrap(), item_tokens.clone());
    let text = expansion.to_string();
    assert_kept(without_helpers(item_tokens), expansion.clone());
    let said = text.split("compile_error").nth(1).unwrap_or_default();
    assert_eq!(count(expansion, "compile_error"), errors, "{args} on {item}: {said}\n{text}");
    let spaced = format!("{implemented} for ");
    assert!(text.contains(&spaced), "no `{spaced}` of {args} on {item}:\n{text}");
}

#[test]
fn bodies() {
    for body in [
        "request.",
        "request.claims.",
        "let x = self.",
        "let x = ",
        "if let Some(",
        "self.store.client(",
        "foo(bar, ",
        "match request { ",
        "x y z",
        "Ok(()",
        "let x = 1 let y = 2; #",
        "return",
        "'a: loop { break 'a",
    ] {
        // An editor closes what is open before it expands.
        let open: String = body
            .chars()
            .filter_map(|c| match c {
                '(' => Some(')'),
                '{' => Some('}'),
                _ => None,
            })
            .collect();
        let balanced = if body.ends_with(')') {
            body.to_owned()
        } else {
            format!("{body}{}", open.chars().rev().collect::<String>())
        };
        let Ok(_) = balanced.parse::<TokenStream>() else { continue };
        let item = format!(
            "impl Accounts {{ async fn validate_client_id(&self, id: &str, request: &mut Request) -> Result<()> {{ {balanced} }} \
             fn rotate_refresh_token(&self, request: &Request) -> Result<bool> {{ {balanced} }} }}"
        );
        check(VALIDATOR, "", &item, 0, "RequestValidator");
        let expansion = VALIDATOR(TokenStream::new(), item.parse().unwrap()).to_string();
        assert!(expansion.contains("Self :: rotate_refresh_token"), "{balanced}");
    }
}

/// One error, beside what is being typed and beside what is no assignment to the request.
#[test]
fn assignments() {
    for body in [
        "request.scopes =",
        "request.scopes = Some()",
        "if x { request.scopes = None; request. }",
        "f(&mut request.scopes, )",
        "request.scopes = None; request.scopes == x; other.request.scopes = x; note!(request.scopes = x)",
        "request.scopes = None; let mut request = other; request.scopes = None; request.",
        "{ let request = other; request.scopes = None; } request.scopes = request.",
    ] {
        let item = format!(
            "impl Accounts {{ fn pre_token(&self, mut request: &mut Request) -> Result<()> {{ {body} }} }}"
        );
        check(VALIDATOR, "", &item, 1, "RequestValidator");
    }
}

/// One error, and the method beside it is a hook all the same.
#[test]
fn methods() {
    const SOUND: &str = "fn rotate_refresh_token(&self, request: &Request) -> Result<bool> { Ok(true) }";
    for (typed, errors) in [
        ("fn", 1),
        ("fn vali", 1),
        ("async fn validate_client_id", 1),
        ("fn validate_client_id(", 1),
        ("fn validate_client_id(&self", 1),
        ("fn validate_client_id(&self, client_id) {}", 1),
        ("fn validate_client_id(&self, client_id: ) {}", 1),
        ("fn validate_client_id(&self, client_id: &str, request: &mut Request) -> {}", 1),
        ("fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()>;", 0),
        ("pub", 1),
        ("async", 1),
        ("validate", 1),
        ("#[claim] fn tenant(&self, request: &Request) -> String {}", 1),
        ("#[claim(\"tenant\", scope = )] fn tenant(&self, request: &Request) -> String {}", 1),
        ("#[claim(\"tenant\", sco)] fn tenant(&self, request: &Request) -> String {}", 1),
        ("#[claim(\"tenant\")] fn tenant(&self, request: &Request) -> {}", 1),
        ("#[] fn validate_client_id(&self) {}", 1),
        ("#[token_generator(ref)] fn make(&self, request: &Request) -> Result<String> {}", 1),
        ("fn validate_cl(&self, client_id: &str, request: &mut Request) -> Result<()> {}", 1),
    ] {
        let closed = if typed.matches('(').count() > typed.matches(')').count() {
            format!("{typed})")
        } else {
            typed.to_owned()
        };
        let item = format!("impl Accounts {{ {SOUND} {closed} }}");
        check(VALIDATOR, "", &item, errors, "RequestValidator");
        let expansion = VALIDATOR(TokenStream::new(), item.parse().unwrap()).to_string();
        assert!(expansion.contains("Self :: rotate_refresh_token"), "{closed}: {expansion}");
    }
}

#[test]
fn fields() {
    // Where an item is cut short the compiler has said so, and another error would be one too many.
    for (typed, errors) in [
        ("field", 0),
        ("field:", 0),
        ("#[sto] field: MemoryStore", 1),
        ("pub", 0),
        ("field: Vec<", 0),
        ("field: &", 0),
        ("field: HashMap<u8,", 0),
        ("field: Box<dyn Fn() -> Result<u8,", 0),
        ("field, other: u8", 0),
        ("field:, other: u8", 1),
        ("#[store] other:", 0),
        ("#[cfg] field: ", 0),
        ("field: 1", 1),
    ] {
        let item = format!("pub struct Accounts {{ #[store] store: MemoryStore, {typed} }}");
        check(VALIDATOR, "", &item, errors, "StoreRoles");
        check(VALIDATOR, "custom", &item, errors, "CustomValidator");
    }
    for (expand, args, helper, implemented) in [
        (TOKEN_GENERATOR, r#"jwt, issuer = "https://auth.example.com""#, "signing_key", "TokenGenerator"),
        (
            AUTHORIZATION_SERVER,
            "grants(client_credentials), issuer = self.i",
            "validator",
            "AuthorizationServer",
        ),
        (RESOURCE_SERVER, r#"issuer = self.i, audience = "a", jwks"#, "decryption_key", "ResourceServer"),
    ] {
        for typed in ["other", "other:", "other: Vec<", "other: self::", "#[doc] other:"] {
            let item = format!("struct Half {{ #[{helper}] part: Part, {typed} }}");
            check(expand, args, &item, 0, implemented);
        }
    }
    check(SCOPE, r#""calendar""#, "struct Calendar { field: }", 0, "ScopeType");
    check(EXTENSION_GRANT, r#""urn:example:a""#, "struct Key(a b);", 1, "ExtensionGrantType");
}

const GENERATOR: &str = "struct Half { #[signing_key] keys: KeyRing }";
const API: &str = "struct Half { #[decryption_key] key: DecryptionKey }";

#[test]
fn arguments() {
    const SERVER: &str = "struct Half { #[validator] accounts: Accounts, other: u8 }";
    const ISSUER: &str = r#"issuer = "https://auth.example.com""#;
    for typed in [
        "gra",
        "grants",
        "grants()",
        "grants(auth)",
        "grants(client_credentials, ref)",
        "grants(client_credentials) scopes",
        "grants(client_credentials), ,",
        "grants(client_credentials), =",
        "grants(client_credentials), sco",
        "grants(client_credentials), scopes",
        "grants(client_credentials), scopes(,)",
        "grants(client_credentials), scopes(a)",
        r#"grants(client_credentials), scopes("a" = )"#,
        r#"grants(client_credentials), scopes("a" b)"#,
        "grants(client_credentials), default_scopes(\"a\"",
        "grants(client_credentials), endpoints(tok)",
        "grants(client_credentials), endpoints(token = )",
        "grants(client_credentials), profile =",
        "grants(client_credentials), response_types()",
        "grants(client_credentials), crate =",
        "pres",
        "preset =",
    ] {
        let typed = if typed.ends_with("\"a\"") { format!("{typed})") } else { typed.to_owned() };
        check(AUTHORIZATION_SERVER, &format!("{ISSUER}, {typed}"), SERVER, 1, "AuthorizationServer");
    }
    for typed in
        ["iss", "issuer", "issuer =", "issuer = self", "issuer = self.", "issuer = self.oth", "issuer = a b"]
    {
        check(
            AUTHORIZATION_SERVER,
            &format!("grants(client_credentials), {typed}"),
            SERVER,
            1,
            "AuthorizationServer",
        );
    }
    check(
        AUTHORIZATION_SERVER,
        &format!("grants(client_credentials, ), {ISSUER}, "),
        SERVER,
        0,
        "AuthorizationServer",
    );
    for args in [
        "",
        "j",
        "jwt, iss",
        "jwt, issuer =",
        "jwt, issuer = self.k",
        "jwt, issuer = \"https://a.example.com\", alg",
        "jwt, issuer = \"https://a.example.com\", claims(a",
        "jwt, issuer = \"https://a.example.com\", claims(a = )",
    ] {
        let args = if args.ends_with("(a") { format!("{args})") } else { args.to_owned() };
        check(TOKEN_GENERATOR, &args, GENERATOR, 1, "TokenGenerator");
    }
    for args in [
        "issuer = \"https://a.example.com\", audience = \"a\", jwk",
        "issuer = \"https://a.example.com\", audience = , jwks",
        "issuer = \"https://a.example.com\", audience = self., jwks",
    ] {
        check(RESOURCE_SERVER, args, API, 1, "ResourceServer");
    }
    for args in ["", "calendar", "\"calendar\", des", "\"calendar\" = "] {
        check(SCOPE, args, "struct Calendar;", 1, "ScopeType");
    }
    for args in ["", "urn", "\"urn:example:key\", cra"] {
        check(EXTENSION_GRANT, args, "struct Key;", 1, "ExtensionGrantType");
    }
    check(VALIDATOR, "cus", "struct Accounts(#[store] MemoryStore);", 1, "StoreRoles");
}

/// Nothing else would say that the item was not read.
#[test]
fn what_the_compiler_may_accept_is_an_error() {
    for field in ["field restricted: u8", "a: u8, field restricted: u8"] {
        check(VALIDATOR, "", &format!("struct Accounts {{ {field} }}"), 1, "StoreRoles");
    }
    for item in ["struct A", "struct A where"] {
        check(SCOPE, r#""calendar""#, item, 1, "ScopeType");
    }
}
