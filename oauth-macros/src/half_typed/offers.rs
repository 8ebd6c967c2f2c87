//! What an editor finds around the cursor.

use super::*;
use crate::repeated::once;

/// The word that an editor puts at the cursor.
const MARKER: &str = "raCompletionMarker";

/// Tokens as text, and the delimiters of groups.
fn flat(tokens: TokenStream) -> Vec<String> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                let within = flat(group.stream());
                [open.to_owned()].into_iter().chain(within).chain([close.to_owned()]).collect()
            }
            token => vec![token.to_string()],
        })
        .collect()
}

/// A path as its tokens.
fn path(text: &str) -> String {
    flat(text.parse().unwrap()).join(" ")
}

/// The module of some words, which has them.
fn words(name: &str) -> String {
    let known = include_str!("../snapshots/words.txt");
    assert!(known.lines().any(|line| line.starts_with(&format!("{name}: "))), "no words of `{name}`");
    path(&format!("__private::words::{name}::"))
}

/// What stands before the first place of the cursor, `|`: the same whether there is a word or not.
fn before_cursor(owner: &str, expand: Expand, args: &str, item: &str) -> String {
    crate::editor::PRETENDS.set(true);
    let expanded = |cursor: &str| {
        let tokens = |text: &str| text.replace('|', cursor).parse().unwrap();
        flat(once(owner, tokens(args), tokens(item), expand))
    };
    let (there, completed) = (expanded(""), expanded(MARKER));
    let place = completed.iter().position(|token| token.ends_with(MARKER));
    let place = place.unwrap_or_else(|| panic!("the cursor of `{args}` on `{item}` is lost"));
    // The path before a word is enough.
    let frame = place - if completed[..place].ends_with(&[":", ":"].map(str::to_owned)) { 2 } else { 0 };
    assert_eq!(there[..frame], completed[..frame], "`{args}` on `{item}`");
    completed[..place].join(" ")
}

fn check_offered(owner: &str, expand: Expand, args: &str, item: &str, expected: &str) {
    let before = before_cursor(owner, expand, args, item);
    let end = &before[before.len().saturating_sub(150)..];
    assert!(before.ends_with(expected), "`{args}` on `{item}` is not after `{expected}`: {end}");
}

/// A word that an attribute takes is a path into the module that has them.
#[test]
fn words_of_arguments() {
    for (owner, expand, typed, module) in [
        ("authorization_server", AUTHORIZATION_SERVER, "|", "authorization_server"),
        ("authorization_server", AUTHORIZATION_SERVER, "gra|", "authorization_server"),
        ("authorization_server", AUTHORIZATION_SERVER, "grants|", "authorization_server"),
        ("authorization_server", AUTHORIZATION_SERVER, "grants(password), | dpop", "authorization_server"),
        ("authorization_server", AUTHORIZATION_SERVER, "issuer = ISSUER, gra|, dpop", "authorization_server"),
        ("authorization_server", AUTHORIZATION_SERVER, "grants(|)", "grants"),
        ("authorization_server", AUTHORIZATION_SERVER, "grants(password, ApiKey, |), dpop", "grants"),
        ("authorization_server", AUTHORIZATION_SERVER, "endpoints(|)", "endpoints"),
        ("authorization_server", AUTHORIZATION_SERVER, "endpoints(jwks = \"/j\", tok|)", "endpoints"),
        ("authorization_server", AUTHORIZATION_SERVER, "registration(|)", "registration"),
        ("authorization_server", AUTHORIZATION_SERVER, "dpop(|)", "dpop"),
        (
            "authorization_server",
            AUTHORIZATION_SERVER,
            "pushed_authorization_requests(|)",
            "pushed_authorization_requests",
        ),
        ("authorization_server", AUTHORIZATION_SERVER, "allow(pass|, reason = \"a\")", "allow"),
        ("authorization_server", AUTHORIZATION_SERVER, "deny(|)", "deny"),
        ("token_generator", TOKEN_GENERATOR, "|", "token_generator"),
        ("token_generator", TOKEN_GENERATOR, "jw|", "token_generator"),
        ("token_generator", TOKEN_GENERATOR, "jwt, issuer = ISSUER, |", "token_generator"),
        ("resource_server", RESOURCE_SERVER, "audience = \"a\", |", "resource_server"),
        ("validator", VALIDATOR, "|", "validator"),
        ("validator", VALIDATOR, "cus|", "validator"),
    ] {
        for item in ["struct A;", "struct A(#[store] Store);", "pub struct A<S> { field: S }"] {
            let expected = format!("{} {}", path("::oauth_core::"), words(module));
            check_offered(owner, expand, typed, item, &expected);
            let renamed = format!("{typed}, crate = renamed");
            check_offered(owner, expand, &renamed, item, &format!("{} {}", path("renamed::"), words(module)));
        }
    }
}

#[test]
fn words_of_helper_attributes() {
    const METHOD: &str = "fn a(&self, request: &Request) -> String { self.a }";
    for (owner, expand, item, module) in [
        ("validator", VALIDATOR, "struct A { #[|] store: Store }", "fields_of_validator"),
        (
            "validator",
            VALIDATOR,
            "struct A { #[sto|] store: Store, #[tokens] tokens: Store }",
            "fields_of_validator",
        ),
        ("validator", VALIDATOR, "struct A(#[store|] Store);", "fields_of_validator"),
        (
            "token_generator",
            TOKEN_GENERATOR,
            "struct A { #[sign|] keys: KeyRing }",
            "fields_of_token_generator",
        ),
        (
            "authorization_server",
            AUTHORIZATION_SERVER,
            "struct A { #[validator] accounts: B, #[|] tokens: C, }",
            "fields_of_authorization_server",
        ),
        ("resource_server", RESOURCE_SERVER, "struct A { #[|] key: Key }", "fields_of_resource_server"),
    ] {
        check_offered(owner, expand, "", item, &words(module));
    }
    for (attribute, module) in [
        ("#[|]", "methods"),
        ("#[cla|]", "methods"),
        ("#[claim(\"a\", |)]", "claim"),
        ("#[claim(\"a\", sc|, to(userinfo))]", "claim"),
        ("#[claim(\"a\", scope = \"a\", to(|))]", "to"),
        ("#[claims(|)]", "claims"),
        ("#[claims(to(access_token, |))]", "to"),
        ("#[token_generator(|)]", "token_generator_fn"),
    ] {
        let item = format!("impl A {{ #[claim(\"b\")] {METHOD} {attribute} {METHOD} }}");
        check_offered("validator", VALIDATOR, "", &item, &words(module));
    }
}

/// An expression is one, and a type is one.
#[test]
fn expressions_and_types() {
    for (owner, expand, typed, expected) in [
        ("token_generator", TOKEN_GENERATOR, "jwt, issuer = |", "&"),
        ("token_generator", TOKEN_GENERATOR, "jwt, issuer = ISS|, algorithm = \"ES256\"", "&"),
        ("token_generator", TOKEN_GENERATOR, "jwt, issuer = self.|, audience = self.a", "& self ."),
        ("token_generator", TOKEN_GENERATOR, "jwt, issuer = a::b(|)", "& a : : b ("),
        ("authorization_server", AUTHORIZATION_SERVER, "grants(password), issuer = self.is|", "& self ."),
        ("resource_server", RESOURCE_SERVER, "issuer = ISSUER, audience = self.|", "& ISSUER ; & self ."),
        ("authorization_server", AUTHORIZATION_SERVER, "scopes(|)", "let _ : ("),
        ("authorization_server", AUTHORIZATION_SERVER, "scopes(\"a\", Cal|, Mail)", "let _ : ("),
        ("authorization_server", AUTHORIZATION_SERVER, "grants(password, Api|)", "let _ : ("),
        ("authorization_server", AUTHORIZATION_SERVER, "scopes(a::|)", "let _ : ( a : :"),
        ("resource_server", RESOURCE_SERVER, "scopes(Calendar, |)", "let _ : ( Calendar ,"),
    ] {
        for item in
            ["struct A;", "pub struct A<S: Store> where S: Send { #[store] field: S, issuer: String }"]
        {
            check_offered(owner, expand, typed, item, expected);
        }
    }
}

/// The names of hooks are those of the trait, which an editor completes in an `impl` of it.
#[test]
fn hooks_are_completed_in_a_block_of_their_trait() {
    const SOUND: &str = "fn rotate_refresh_token(&self, request: &mut Request) -> Result<bool> { self.a }";
    for (typed, expected) in [
        ("|", ""),
        ("fn |", "fn"),
        ("fn val|", "fn"),
        ("async fn validate_cl|", "async fn"),
        ("pub async fn v|", "pub async fn"),
        ("val|", ""),
        ("fn validate_client_id|", "fn"),
        ("fn valid|(&self) {}", "fn"),
        ("fn valid|(&self)", "fn"),
    ] {
        for item in [
            format!("impl<S> Accounts<S> {{ {typed} }}"),
            format!("impl<S> Accounts<S> {{ {typed} {SOUND} }}"),
            format!("impl<S> Accounts<S> {{ {SOUND} {typed} }}"),
        ] {
            let frame = "impl < S > : : oauth_core : : __private : : RequestValidator for __Offers {";
            check_offered("validator", VALIDATOR, "", &item, format!("{frame} {expected}").trim_end());
        }
    }
}

/// In a body `self` is what it is going to be.
#[test]
fn bodies_are_those_of_the_struct() {
    for typed in [
        "fn helper(&self) { self.| }",
        "fn rotate_refresh_token(&self, request: &mut Request) -> Result<bool> { self.| }",
        "#[claim(\"a\")] fn a(&self, request: &Request) -> String { self.| }",
        "async fn validate_client_id(&self) { self.| }",
    ] {
        let before = before_cursor("validator", VALIDATOR, "", &format!("impl<S> Accounts<S> {{ {typed} }}"));
        let (_, block) = before.split_once("impl < S > Accounts < S > {").expect("the block");
        assert!(block.ends_with("self ."), "{typed}: {block}");
    }
}

/// The compiler has nothing of it.
#[test]
fn nothing_is_offered_to_the_compiler() {
    let item = "impl Accounts { #[sto] fn val(&self) {} as }";
    let expansion = once("validator", TokenStream::new(), item.parse().unwrap(), VALIDATOR).to_string();
    assert!(!expansion.contains("ffers") && !expansion.contains("words"), "{expansion}");
}
