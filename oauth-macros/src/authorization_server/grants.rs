//! `grants(…)`: the standard grants by name, extension grants as the paths of types.

use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::Path;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

use super::attr::Attr;
use crate::args::{Arg, Value, flattened};
use crate::chunks::{chunks, reject_surplus, surplus};
use crate::diagnostics::{Diagnostics, did_you_mean, list};
use crate::item::Struct;
use crate::rules::grant::{STANDARD, StandardGrant};
use crate::rules::{self, server};

/// The grants of a server. Where they are not known, nothing is judged by them.
#[derive(Default)]
pub(super) struct Grants {
    pub(super) standard: Vec<(&'static StandardGrant, Span)>,
    /// Types with `#[extension_grant]`.
    pub(super) extensions: Vec<Path>,
    /// Types called as a standard grant, and that grant: which they are, the compiler knows.
    pub(super) namesakes: Vec<(Path, &'static StandardGrant)>,
}

impl Grants {
    /// Tells whether they are not known.
    pub(super) const fn are_unknown(&self) -> bool {
        !self.namesakes.is_empty() || self.standard.is_empty() && self.extensions.is_empty()
    }

    /// The place where a standard grant was asked for, if it was.
    pub(super) fn span(&self, name: &str) -> Option<Span> {
        self.standard.iter().find(|(grant, _)| grant.name == name).map(|(_, span)| *span)
    }

    /// The first that asks a person.
    pub(super) fn interactive(&self) -> Option<(&'static StandardGrant, Span)> {
        self.standard.iter().copied().find(|(grant, _)| grant.is_interactive)
    }

    pub(super) fn use_authorization_endpoint(&self) -> bool {
        self.standard.iter().any(|(grant, _)| grant.uses_authorization_endpoint)
    }

    /// Tells whether any grant is asked for at the token endpoint; extension grants are.
    pub(super) fn use_token_endpoint(&self) -> bool {
        !self.extensions.is_empty()
            || !self.namesakes.is_empty()
            || self.standard.iter().any(|(grant, _)| grant.uses_token_endpoint)
    }

    /// The grants as the rules of servers see them; `None`: they are not known.
    pub(super) fn rated(&self) -> Option<server::Grants> {
        let standard = self.standard.iter().map(|(grant, _)| *grant);
        let has_own = !self.extensions.is_empty() || !self.namesakes.is_empty();
        (has_own || !self.standard.is_empty()).then(|| server::Grants::of(standard, has_own))
    }

    /// The place where the first of them was asked for.
    pub(super) fn first_span(&self) -> Option<Span> {
        let extension = || self.extensions.first().map(syn::spanned::Spanned::span);
        let namesake = || self.namesakes.first().map(|(path, _)| path.span());
        self.standard.first().map(|(_, span)| *span).or_else(extension).or_else(namesake)
    }
}

const EXAMPLE: &str = "authorization_code, refresh_token";

/// Known grants, each once, at least one. Those with a mistake are left out of the result.
pub(super) fn check_grants(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) -> Grants {
    let Some(arg) = &attr.grants else {
        require_grants(attr, item, diagnostics);
        return Grants::default();
    };
    let (paths, rest) = split_paths(arg, diagnostics);
    let Some(args) = rest.list(EXAMPLE, diagnostics) else { return Grants::default() };
    let mut all_known = !paths.is_cut;
    if args.is_empty() && paths.found.is_empty() && all_known {
        reject_empty(arg, diagnostics);
    }
    let (certain, paths): (Vec<_>, Vec<_>) =
        paths.found.into_iter().partition(|path| standard_by_path(path, attr).is_some());
    all_known &= certain.is_empty();
    reject_types(&certain, attr, diagnostics);
    let mut grants = Grants::default();
    for path in paths {
        match path.segments.last().and_then(|last| STANDARD.iter().find(|grant| last.ident == grant.ty)) {
            Some(grant) => grants.namesakes.push((path, grant)),
            None => grants.extensions.push(path),
        }
    }
    check_extensions(&grants.extensions, diagnostics);
    all_known &= args.is_legible();
    let args: Vec<_> = args.into_iter().collect();
    check_quoted(&args, diagnostics);
    for arg in args {
        arg.bare(diagnostics);
        let Some(grant) = known(&arg, diagnostics) else {
            all_known = false;
            continue;
        };
        if !is_repeated(grant, &arg, &grants, diagnostics) {
            grants.standard.push((grant, arg.span));
        }
    }
    // An unknown grant may be the one that the others belong to: they are not judged without it.
    if !all_known {
        return Grants::default();
    }
    grants
}

/// The standard grant that is surely meant by a path: one of this crate's, or of its `GrantType`.
fn standard_by_path(path: &Path, attr: &Attr) -> Option<&'static StandardGrant> {
    let last = &path.segments.last()?.ident;
    let owner = path.segments.iter().rev().nth(1)?;
    let is_ours = attr.krate.has(path) || owner.ident == "GrantType";
    let is_it = |grant: &&StandardGrant| last == grant.ty || last == &grant.name.to_ascii_uppercase();
    STANDARD.iter().filter(|_| is_ours).find(is_it)
}

/// One mistake, however many there are.
fn reject_types(paths: &[Path], attr: &Attr, diagnostics: &Diagnostics) {
    let names = paths.iter().filter_map(|path| Some(standard_by_path(path, attr)?.name)).collect::<Vec<_>>();
    if let Some(first) = paths.first() {
        diagnostics.error_over(first, rules::parts::standard_grants_have_names.says(&[&names.join(", ")]));
    }
}

/// RFC 6749 §4: "To request an access token, the client obtains authorization from the resource owner. The authorization is
/// expressed in the form of an authorization grant".
fn require_grants(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) {
    if attr.preset.is_none() && !attr.attempted.contains("grants") && !attr.attempted.contains("preset") {
        diagnostics
            .error_over(item.ident(), rules::parts::rfc6749_section_4_a_server_has_grants.says(&[&EXAMPLE]));
    }
}

fn reject_empty(arg: &Arg, diagnostics: &Diagnostics) {
    let names = list(STANDARD.iter().map(|grant| grant.name));
    diagnostics.error(arg.span, rules::parts::a_list_of_grants_is_not_empty.says(&[&names]));
}

/// RFC 6749 §1.3 defines four grants, and each extension one.
fn known(arg: &Arg, diagnostics: &Diagnostics) -> Option<&'static StandardGrant> {
    let names = || STANDARD.iter().map(|grant| grant.name);
    let grant = STANDARD.iter().find(|grant| grant.name == arg.name);
    if grant.is_none() {
        let (name, meant) = (&arg.name, meant(&arg.name));
        diagnostics.error(
            arg.span,
            rules::parts::rfc6749_section_1_3_a_grant_is_a_known_one.says(&[&name, &meant, &list(names())]),
        );
    }
    grant
}

/// The grant that was probably meant by one that there is not.
fn meant(name: &str) -> String {
    match name {
        "code" | "auth_code" | "authcode" | "auth" | "authorization" | "authorize" => {
            ": did you mean `authorization_code`?".to_owned()
        }
        "pkce" => ": PKCE is part of `authorization_code` (RFC 7636), remove this".to_owned(),
        "openid" | "oidc" | "id_token" => {
            ": a server with `scopes(\"openid\", …)` is an OpenID provider, remove this".to_owned()
        }
        "hybrid" => {
            ": write `response_types(\"code id_token\")`, with the grant `authorization_code`".to_owned()
        }
        _ => did_you_mean(name, STANDARD.iter().map(|grant| grant.name)),
    }
}

/// Quotes are one mistake, however many there are.
fn check_quoted(args: &[Arg], diagnostics: &Diagnostics) {
    let is_known = |arg: &&Arg| STANDARD.iter().any(|grant| grant.name == arg.name);
    if let Some(first) = args.iter().filter(is_known).find(|arg| arg.is_string) {
        let write = if args.iter().all(|arg| arg.is_string) {
            format!("grants({})", args.iter().map(|arg| arg.name.as_str()).collect::<Vec<_>>().join(", "))
        } else {
            first.name.clone()
        };
        let message = format!("grants are names, not strings: write `{write}`");
        diagnostics.error(first.span, message);
    }
}

fn is_repeated(grant: &StandardGrant, arg: &Arg, earlier: &Grants, diagnostics: &Diagnostics) -> bool {
    let is_repeated = earlier.span(grant.name).is_some();
    if is_repeated {
        diagnostics.error(arg.span, rules::parts::a_grant_is_given_once.says(&[&grant.name]));
    }
    is_repeated
}

/// The paths of a list.
#[derive(Default)]
struct Paths {
    found: Vec<Path>,
    /// True if one could not be read.
    is_cut: bool,
}

/// Takes out what is the path of a type: it has `::`, or begins with a capital letter.
fn split_paths(arg: &Arg, diagnostics: &Diagnostics) -> (Paths, Arg) {
    let Value::List(group) = &arg.value else { return (Paths::default(), arg.clone()) };
    let (mut paths, mut rest) = (Paths::default(), TokenStream::new());
    place_all(group.stream(), &mut paths, &mut rest, diagnostics);
    let mut stripped = Group::new(Delimiter::Parenthesis, rest);
    stripped.set_span(group.span());
    (paths, Arg { value: Value::List(stripped), ..arg.clone() })
}

fn place_all(list: TokenStream, paths: &mut Paths, rest: &mut TokenStream, diagnostics: &Diagnostics) {
    for chunk in chunks(flattened(list), "a grant", diagnostics) {
        let tokens: Vec<_> = chunk.clone().into_iter().collect();
        if let Some(list) = surplus(&tokens) {
            reject_surplus(list, diagnostics);
            place_all(list.stream(), paths, rest, diagnostics);
        } else if is_path(&tokens) {
            place(&tokens, paths, diagnostics);
        } else {
            rest.extend([chunk, Punct::new(',', Spacing::Alone).to_token_stream()]);
        }
    }
}

fn is_path(chunk: &[TokenTree]) -> bool {
    let is_colon =
        |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    match chunk.first() {
        Some(TokenTree::Ident(name)) => {
            is_colon(chunk.get(1)) || name.unraw().to_string().starts_with(char::is_uppercase)
        }
        first => is_colon(first),
    }
}

/// An extension grant is a type; two words in a row are two of them.
fn place(chunk: &[TokenTree], paths: &mut Paths, diagnostics: &Diagnostics) {
    let is_word = |token: &TokenTree| matches!(token, TokenTree::Ident(_));
    if let Some(next) = chunk.windows(2).find(|pair| pair.iter().all(is_word)).and_then(|pair| pair.last()) {
        diagnostics.error(next.span(), format!("a comma is missing before `{next}`"));
        paths.is_cut = true;
        return;
    }
    let path: TokenStream = chunk.iter().cloned().collect();
    if let Ok(path) = syn::parse2(path.clone()) {
        paths.found.push(path);
    } else {
        diagnostics.error_over(path, rules::extension_grant::an_extension_grant_is_a_type.words);
        paths.is_cut = true;
    }
}

/// One type twice is seen here; two types with one name are seen by the compiler.
fn check_extensions(extensions: &[Path], diagnostics: &Diagnostics) {
    let text = |path: &Path| path.to_token_stream().to_string();
    for (index, path) in extensions.iter().enumerate() {
        if extensions.iter().take(index).any(|earlier| text(earlier) == text(path)) {
            diagnostics.error(
                path.span(),
                rules::extension_grant::an_extension_grant_is_given_once.says(&[&text(path)]),
            );
        }
    }
}
