//! The rules of an `impl` block of hooks.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::{GenericParam, Type};

use super::attr::Attr;
use super::claims::{check_claim, check_claims};
use super::method::{HELPERS, ImplBlock, Item, Method, Receiver, helper_args};
use super::model::{Generator, TokenKind, ValidatedHooks};
use super::table::{Hook, hooks};
use crate::args::Args;
use crate::diagnostics::{Diagnostics, list, nearest};

/// `None`: this is no block of hooks at all.
pub(super) fn check<'a>(
    attr: &Attr,
    block: &'a ImplBlock,
    diagnostics: &Diagnostics,
) -> Option<ValidatedHooks<'a>> {
    if !check_inherent(block, diagnostics) {
        return None;
    }
    check_not_empty(block, diagnostics);
    let mut validated = ValidatedHooks {
        block,
        krate: attr.krate.clone(),
        hooks: Vec::new(),
        claims: Vec::new(),
        structs: Vec::new(),
        generators: Vec::new(),
    };
    for item in &block.items {
        match item {
            Item::Method(method) => add_method(method, &mut validated, diagnostics),
            Item::Illegible { error, .. } => diagnostics.push(error.clone()),
            Item::Other { what, span, .. } => diagnostics.error(
                *span,
                format!("{what} is no hook: put it into an `impl` block of its own, without `#[validator]`"),
            ),
        }
    }
    Some(validated)
}

/// Hooks are methods of the struct's own: the attribute writes `impl RequestValidator` from them.
fn check_inherent(block: &ImplBlock, diagnostics: &Diagnostics) -> bool {
    if let Some(of_trait) = &block.of_trait {
        let self_ty = block.self_ty.to_token_stream();
        diagnostics.error_over(
            of_trait,
            format!(
                "`#[validator]` writes the `impl` of `RequestValidator` itself: write `impl {self_ty} {{ … }}` with the hooks \
                 that differ from their defaults\nto implement the trait by hand, remove `#[validator]` from this block"
            ),
        );
    }
    block.of_trait.is_none()
}

fn check_not_empty(block: &ImplBlock, diagnostics: &Diagnostics) {
    if block.items.is_empty() {
        diagnostics.error_over(
            &block.self_ty,
            "this block has no hooks: add one, such as `fn validate_client_id`, or remove the block and `custom` from the struct",
        );
    }
}

fn add_method<'a>(method: &'a Method, validated: &mut ValidatedHooks<'a>, diagnostics: &Diagnostics) {
    let helpers = HELPERS.map(|helper| method.helper(helper));
    match helpers {
        [Some(_), None, Some(generator)] => diagnostics.error_over(
            generator.path(),
            "a method is a claim or a token generator, not both: remove one attribute",
        ),
        [Some(_), Some(claims), _] => diagnostics.error_over(
            claims.path(),
            "a method is one claim or a struct of claims, not both: remove one attribute",
        ),
        [None, Some(_), Some(generator)] => diagnostics.error_over(
            generator.path(),
            "a method is a struct of claims or a token generator, not both: remove one attribute",
        ),
        [Some(attr), None, None] => {
            let (args, span) = helper_args(attr);
            if let Some(claim) = check_claim(method, args, span, &validated.claims, diagnostics) {
                validated.claims.push(claim);
            }
        }
        [None, Some(attr), None] => {
            let (args, span) = helper_args(attr);
            validated.structs.extend(check_claims(method, args, span, diagnostics));
        }
        [None, None, Some(attr)] => {
            let (args, span) = helper_args(attr);
            if let Some(generator) = check_generator(method, args, span, &validated.generators, diagnostics) {
                validated.generators.push(generator);
            }
        }
        [None, None, None] => {
            let Some(hook) = check_known(method, diagnostics) else { return };
            // The compiler reports a second method of the same name.
            let is_repeated =
                method.cfg.is_empty() && validated.hooks.iter().any(|(known, _)| known.name == hook.name);
            if check_signature(method, &hook.signature(), hook.parameters, diagnostics) && !is_repeated {
                validated.hooks.push((hook, method));
            }
        }
    }
    if method.helpers.len() > 1
        && helpers.iter().flatten().count() == 1
        && let Some(second) = method.helpers.get(1)
    {
        diagnostics.error_over(second, "this attribute is here twice: keep one");
    }
}

/// A method without an attribute is a hook; a helper of the application's goes elsewhere.
fn check_known(method: &Method, diagnostics: &Diagnostics) -> Option<&'static Hook> {
    let name = method.name();
    let known = hooks().find(|hook| hook.name == name);
    if known.is_none() {
        let message = match name.as_str() {
            "generate_access_token" => "a method that makes tokens is marked: write `#[token_generator]` above it".to_owned(),
            "generate_refresh_token" => {
                "a method that makes tokens is marked: write `#[token_generator(refresh)]` above it".to_owned()
            }
            "declared_claims" => {
                "claims are declared by attributes: write `#[claim(\"name\")] fn name(&self, request: &Request) -> …`, or `#[claims]` above a method that returns a struct of them".to_owned()
            }
            _ => unknown_hook(&name),
        };
        diagnostics.error(method.ident.span(), message);
    }
    known
}

fn unknown_hook(name: &str) -> String {
    if let Some(replacement) = replaced(name) {
        return format!("there is no hook `{name}`: {replacement}");
    }
    match nearest(name, hooks().map(|hook| hook.name)) {
        Some(meant) => format!(
            "there is no hook `{name}`: did you mean `{meant}`?\nthe hooks are {}",
            list(hooks().map(|hook| hook.name))
        ),
        None => format!(
            "there is no hook `{name}`: put a helper method into a plain `impl` block, without `#[validator]`\nthe hooks are {}",
            list(hooks().map(|hook| hook.name))
        ),
    }
}

/// Methods of oauthlib's `RequestValidator` that have no namesake here.
fn replaced(name: &str) -> Option<&'static str> {
    match name {
        "validate_code"
        | "confirm_redirect_uri"
        | "invalidate_authorization_code"
        | "get_code_challenge"
        | "get_code_challenge_method" => Some(
            "`redeem_authorization_code` replaces it, one atomic step that returns all there is to check (RFC 6749 §4.1.2)",
        ),
        "pre_auth" => Some("`pre_authorization` replaces it"),
        "post_auth" => Some("`post_authorization` replaces it"),
        "save_token" => Some("`save_bearer_token` replaces it"),
        "authenticate_client_id" => Some("`authenticate_client` does this for public clients too"),
        "get_id_token" => Some(
            "`finalize_id_token` adds claims, and the server signs the ID token with its `#[id_token]` keys",
        ),
        "get_jwt_bearer_token" => Some("`#[token_generator(jwt, …)]` makes access tokens that are JWTs"),
        "validate_jwt_bearer_token" => Some("`validate_bearer_token` is asked about every access token"),
        "validate_id_token" => {
            Some("ID tokens are for clients: they open no resource (OpenID Connect Core §2)")
        }
        "get_authorization_code_nonce" | "get_authorization_code_scopes" => {
            Some("the code keeps both, and `redeem_authorization_code` returns them")
        }
        "get_original_scopes" => Some("`validate_refresh_token` returns them with the token"),
        _ => None,
    }
}

/// `&self`, the right number of parameters, a return type, nothing generic. The types themselves are the compiler's.
pub(super) fn check_signature(
    method: &Method,
    expected: &str,
    parameters: &[(&str, &str)],
    diagnostics: &Diagnostics,
) -> bool {
    let arity = parameters.len();
    let name = method.name();
    let write = format!("write `{expected}`, or `async fn`");
    let is_type = |parameter: &&GenericParam| !matches!(parameter, GenericParam::Lifetime(_));
    if let Some(parameter) = method.generics.params.iter().find(is_type) {
        diagnostics.error_over(
            parameter,
            format!("`{name}` is called by the framework, which has no type to choose\n{write}"),
        );
        return false;
    }
    if let Receiver::Other(receiver) = &method.receiver {
        let message = format!(
            "`{name}` takes `&self`: requests are served at the same time, from one validator\n{write}"
        );
        diagnostics.error_over(receiver, message);
        return false;
    }
    if matches!(method.receiver, Receiver::None) {
        diagnostics.error(method.ident.span(), format!("`{name}` takes `&self`\n{write}"));
        return false;
    }
    let found = method.parameters.len();
    if found != arity {
        let plural = if arity == 1 { "" } else { "s" };
        diagnostics.error(
            method.parentheses,
            format!("`{name}` takes {arity} argument{plural} after `&self`, not {found}\n{write}"),
        );
        return false;
    }
    if method.output.is_none() {
        diagnostics.error(method.ident.span(), format!("`{name}` returns nothing\n{write}"));
        return false;
    }
    check_parameter_types(method, parameters, &write, diagnostics)
}

/// Types that are plainly others. The compiler would find them too, but would suggest conversions in the signature.
fn check_parameter_types(
    method: &Method,
    expected: &[(&str, &str)],
    write: &str,
    diagnostics: &Diagnostics,
) -> bool {
    let mut is_right = true;
    for (parameter, (name, ty)) in method.parameters.iter().zip(expected) {
        if let Some(found) = plain_type(&parameter.ty) {
            // `&mut Request` may be taken as `&Request`.
            let ty = ty.trim_end_matches("<'_>");
            if found != ty && found != ty.replace("&mut ", "&") {
                let message = format!("`{name}` is `{ty}` here, not `{found}`\n{write}");
                diagnostics.error_over(&parameter.ty, message);
                is_right = false;
            }
        }
    }
    is_right
}

/// The type as text, where it is one of those in the hooks' signatures, so that no alias is behind it.
fn plain_type(ty: &Type) -> Option<String> {
    const KNOWN: [&str; 13] = [
        "String",
        "str",
        "Client",
        "Request",
        "ScopeSet",
        "GrantType",
        "SecretString",
        "TokenResponse",
        "TokenExtras",
        "AuthorizationExtras",
        "AuthorizationRequest",
        "bool",
        "Uri",
    ];
    match ty {
        Type::Reference(reference) => {
            let mutability = if reference.mutability.is_some() { "mut " } else { "" };
            plain_type(&reference.elem).map(|ty| format!("&{mutability}{ty}"))
        }
        Type::Path(path) => {
            let last = path.path.segments.last()?.ident.to_string();
            KNOWN.contains(&last.as_str()).then_some(last)
        }
        _ => None,
    }
}

fn check_generator<'a>(
    method: &'a Method,
    args: TokenStream,
    span: Span,
    generators: &[Generator<'_>],
    diagnostics: &Diagnostics,
) -> Option<Generator<'a>> {
    let mut args = Args::parse(args, diagnostics);
    let kind = match args.take("refresh", diagnostics) {
        Some(refresh) => {
            refresh.bare(diagnostics);
            TokenKind::Refresh
        }
        None => TokenKind::Access,
    };
    if let Some(format) = args.take_first(|arg| matches!(arg.name.as_str(), "jwt" | "opaque")) {
        diagnostics.error(
            format.span,
            format!("`{}` is a format of a `#[token_generator]` struct; this method makes the token itself: remove it", format.name),
        );
        return None;
    }
    if !args.finish("#[token_generator] fn", &["refresh"], diagnostics).is_empty() {
        return None;
    }
    if generators.iter().any(|generator| generator.kind == kind) {
        let (what, hint) = match kind {
            TokenKind::Access => (
                "access",
                "mark the one for refresh tokens with `#[token_generator(refresh)]`, or remove one",
            ),
            TokenKind::Refresh => ("refresh", "remove one"),
        };
        diagnostics.error(span, format!("a method makes {what} tokens already: {hint}"));
        return None;
    }
    let expected = format!("fn {}(&self, request: &Request) -> Result<String>", method.ident);
    check_signature(method, &expected, &[("request", "&Request")], diagnostics).then_some(Generator {
        method,
        kind,
        span,
    })
}
