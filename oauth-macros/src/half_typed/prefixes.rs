//! Whole programs as they are typed: after each token, and after each letter of a word or of a text.

use std::collections::BTreeSet;

use super::*;

/// A program: its attribute, the arguments, the item, and what is implemented for the item.
type Program = (Expand, &'static str, &'static str, &'static str);

const STRUCTS: [Program; 6] = [
    (
        VALIDATOR,
        "custom, crate = oauth_core",
        "pub(crate) struct Accounts { #[store] store: SqliteStore, #[sessions] sessions: Arc<MemoryStore>, pub audience: String }",
        "StoreRoles",
    ),
    (
        TOKEN_GENERATOR,
        r#"jwt, issuer = "https://auth.example.com", algorithm = "ES256", expires_in = "15m", claims(tier = 3, region = "eu"), deny(rfc9068)"#,
        "struct AccessTokens { #[signing_key] keys: KeyRing, name: &'static str }",
        "TokenGenerator",
    ),
    (TOKEN_GENERATOR, r#"opaque, prefix = "acme_at_", entropy = 256"#, "struct Reference;", "TokenGenerator"),
    (
        AUTHORIZATION_SERVER,
        r#"issuer = self.issuer, grants(authorization_code, refresh_token, ApiKey), scopes("profile", "calendar" = "Your calendar", Mail), code_lifetime = "60s", endpoints(token = "/t", revocation = off), response_types("code"), resources("https://a.example.com"), pushed_authorization_requests(required, expires_in = "60s"), registration(path = "/register"), unverified_scopes(Mail), dpop, danger_pkce_optional, allow(danger_pkce_optional, reason = "a contract")"#,
        "pub struct AuthServer { #[validator] accounts: Accounts, #[access_token] tokens: AccessTokens, #[interaction] pages: LoginPages, issuer: String }",
        "AuthorizationServer",
    ),
    (
        RESOURCE_SERVER,
        r#"issuer = "https://auth.example.com", audience = self.audience, jwks, leeway = "30s", algorithms("ES256"), resource = "https://a.example.com", scopes(Calendar, Mail), dpop = "required""#,
        "struct Api { #[decryption_key] key: DecryptionKey, audience: String }",
        "ResourceServer",
    ),
    (
        SCOPE,
        r#""calendar.read", "See your calendar", crate = oauth_core"#,
        "pub struct CalendarRead;",
        "ScopeType",
    ),
];

/// The methods of a block of hooks.
const METHODS: [&str; 5] = [
    "async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> { request.claims.insert(\"aud\", client_id) }",
    "/// Documented.\n #[claim(\"tenant\", scope = \"profile\", to(access_token, userinfo))] fn tenant(&self, request: &Request) -> Option<String> { self.tenant.clone() }",
    "#[token_generator(refresh)] fn make(&self, request: &Request) -> Result<String> { Ok(self.made(request)?) }",
    "#[claims] async fn tenancy(&self, request: &Request) -> Result<Option<Tenancy>> { Ok(None) }",
    "pub(crate) fn rotate_refresh_token(&self, request: &mut Request) -> Result<bool> { let x = self.store; Ok(true) }",
];

/// The text up to each place where somebody typing it can be, with what is open closed: an editor does, before it expands.
fn prefixes(text: &str) -> Vec<String> {
    let mut found = BTreeSet::from([0]);
    let mut open = Vec::new();
    places(text.parse().unwrap(), &mut found, &mut open);
    found
        .into_iter()
        .filter_map(|end| {
            let mut prefix = text[..end].to_owned();
            let within = open.iter().filter(|(from, to, _)| (*from..*to).contains(&end) && *from < end);
            let mut within: Vec<_> = within.collect();
            within.sort_by_key(|(from, ..)| std::cmp::Reverse(*from));
            prefix.extend(within.iter().map(|(_, _, close)| *close));
            // Some letters are no token by themselves.
            prefix.parse::<TokenStream>().is_ok().then_some(prefix)
        })
        .collect()
}

/// Every end of a token and of a part of one; and whatever must be closed, from where until where.
fn places(tokens: TokenStream, found: &mut BTreeSet<usize>, open: &mut Vec<(usize, usize, char)>) {
    for token in tokens {
        let range = token.span().byte_range();
        match token {
            TokenTree::Group(group) => {
                let close = match group.delimiter() {
                    Delimiter::Parenthesis => ')',
                    Delimiter::Brace => '}',
                    Delimiter::Bracket | Delimiter::None => ']',
                };
                // A comment that documents is a group that nobody wrote.
                if group.span_open().byte_range().len() == 1 {
                    open.push((range.start, range.end, close));
                    found.extend([range.start + 1, range.end]);
                    places(group.stream(), found, open);
                }
            }
            TokenTree::Ident(_) => found.extend(range.start + 1..=range.end),
            TokenTree::Literal(text) => {
                if text.to_string().starts_with('"') {
                    open.push((range.start, range.end, '"'));
                }
                found.extend(range.start + 1..=range.end);
            }
            TokenTree::Punct(_) => drop(found.insert(range.end)),
        }
    }
}

/// The tokens without attributes, which are kept, replaced or removed.
fn without_attributes(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let is_attribute = matches!(kept.last(), Some(TokenTree::Punct(hash)) if hash.as_char() == '#');
        match token {
            TokenTree::Group(group) if is_attribute && group.delimiter() == Delimiter::Bracket => {
                kept.pop();
            }
            TokenTree::Group(group) => {
                kept.push(Group::new(group.delimiter(), without_attributes(group.stream())).into());
            }
            token => kept.push(token),
        }
    }
    // One that is only begun.
    kept.pop_if(|last| matches!(last, TokenTree::Punct(hash) if hash.as_char() == '#'));
    kept.into_iter().collect()
}

/// Expands, and all that the user wrote beside attributes is there.
fn expand_kept(expand: Expand, args: &str, item: &str) -> TokenStream {
    crate::editor::PRETENDS.set(true);
    let tokens: TokenStream = item.parse().unwrap();
    let expansion = expand(args.parse().unwrap(), tokens.clone());
    assert_kept(without_attributes(tokens), expansion.clone());
    expansion
}

/// Expands with at most one error.
fn expand_once(expand: Expand, args: &str, item: &str) -> String {
    let expansion = expand_kept(expand, args, item);
    let (errors, text) = (count(expansion.clone(), "compile_error"), expansion.to_string());
    assert!(errors <= 1, "{errors} errors of `{args}` on `{item}`:\n{text}");
    text
}

#[test]
fn programs_are_right_once_they_are_typed() {
    for (expand, args, item, implemented) in STRUCTS {
        assert!(prefixes(args).len() > args.len() / 2, "{args}");
        let text = expand_kept(expand, args, item).to_string();
        assert!(text.contains(&format!("{implemented} for ")), "{text}");
        assert!(!text.contains("compile_error"), "{text}");
    }
    let text = expand_once(VALIDATOR, "", &format!("impl Accounts {{ {} }}", METHODS.join(" ")));
    assert!(!text.contains("compile_error"), "{text}");
}

/// The item is what it is going to be, whatever the arguments are so far.
#[test]
fn arguments_as_they_are_typed() {
    for (expand, args, item, implemented) in STRUCTS {
        for typed in prefixes(args) {
            let text = expand_kept(expand, &typed, item).to_string();
            assert!(text.contains(&format!("{implemented} for ")), "`{typed}` on `{item}`:\n{text}");
        }
    }
}

/// What stands before and after an argument that is being typed is right, and is one error no more.
#[test]
fn one_argument_among_others() {
    let mut wrong = Vec::new();
    for (expand, args, item, implemented) in STRUCTS {
        let diagnostics = crate::diagnostics::Diagnostics::new();
        let whole = crate::chunks::chunks(args.parse().unwrap(), "an argument", &diagnostics);
        diagnostics.into_tokens();
        let whole: Vec<String> = whole.iter().map(ToString::to_string).collect();
        for (index, argument) in whole.iter().enumerate() {
            for typed in prefixes(argument).into_iter().filter(|typed| !typed.is_empty()) {
                let mut all = whole.clone();
                all[index].clone_from(&typed);
                let expansion = expand_kept(expand, &all.join(", "), item);
                let (errors, text) = (count(expansion.clone(), "compile_error"), expansion.to_string());
                assert!(text.contains(&format!("{implemented} for ")), "`{typed}`:\n{text}");
                if errors > 1 {
                    let said = text.split("compile_error").skip(1).collect::<String>();
                    wrong.push(format!("{errors} errors of `{typed}` in `{args}`: {said}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn items_as_they_are_typed() {
    for (expand, args, item, _) in STRUCTS {
        for typed in prefixes(item) {
            expand_kept(expand, args, &typed);
        }
    }
    let block = format!("impl<S: ClientStore> Accounts<S> where S: Clone {{ {} }}", METHODS.join(" "));
    for typed in prefixes(&block) {
        expand_kept(VALIDATOR, "", &typed);
    }
}

/// A method that is being typed takes no other with it, and an editor finds it in a block of the trait.
#[test]
fn one_method_among_others() {
    for (index, method) in METHODS.iter().enumerate() {
        for typed in prefixes(method) {
            // Attributes alone are those of the next method.
            if !typed.is_empty() && without_attributes(typed.parse().unwrap()).is_empty() {
                continue;
            }
            let mut all = METHODS.map(str::to_owned);
            all[index].clone_from(&typed);
            let text = expand_once(VALIDATOR, "", &format!("impl Accounts {{ {} }}", all.join(" ")));
            for (other, call) in [
                (0, "Self :: validate_client_id"),
                (1, "Self :: tenant"),
                (2, "Self :: make"),
                (3, "Self :: tenancy"),
                (4, "Self :: rotate_refresh_token"),
            ] {
                assert!(other == index || text.contains(call), "`{typed}` loses `{call}`:\n{text}");
            }
        }
    }
}
