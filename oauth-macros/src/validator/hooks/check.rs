//! The rules of an `impl` block of hooks.

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::Attribute;

use super::attr::Attr;
use super::claims::{check_claim, check_claims};
use super::generators::check_generator;
use super::method::{HELPERS, ImplBlock, Item, Method, helper_args};
use super::model::ValidatedHooks;
use super::names::check_known;
use super::signature::check_output_type;
pub(super) use super::signature::check_signature;
use super::table::{PAIRS, hooks};
use crate::diagnostics::Diagnostics;
use crate::rules;

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
            Item::Other { what, span, .. } => check_is_method(what, *span, diagnostics),
        }
    }
    check_pairs(block, diagnostics);
    Some(validated)
}

/// Checks that both hooks of a pair are there. Of two of which one has a name that nobody knows, that was said.
fn check_pairs(block: &ImplBlock, diagnostics: &Diagnostics) {
    let methods = || {
        block.items.iter().filter_map(|item| match item {
            Item::Method(method) => Some(&**method),
            Item::Illegible { .. } | Item::Other { .. } => None,
        })
    };
    let is_legible = !block.items.iter().any(|item| matches!(item, Item::Illegible { .. }));
    let is_known = |method: &Method| {
        !method.helpers.is_empty()
            || !method.misnamed.is_empty()
            || hooks().any(|hook| hook.name == method.name())
    };
    if !is_legible || !methods().all(is_known) {
        return;
    }
    for (one, other) in PAIRS {
        let missing = hooks().find(|hook| hook.name == other);
        let is_there = methods().any(|method| method.name() == other);
        if let (Some(method), Some(missing), false) =
            (methods().find(|method| method.name() == one), missing, is_there)
        {
            let words = rules::validator::a_second_step_is_asked_for_and_checked;
            diagnostics.error(method.ident.span(), words.says(&[&one, &other, &missing.signature()]));
        }
    }
}

/// Hooks are methods of the struct's own: the attribute writes `impl RequestValidator` from them.
fn check_inherent(block: &ImplBlock, diagnostics: &Diagnostics) -> bool {
    if let Some(of_trait) = &block.of_trait {
        let self_ty = block.self_ty.to_token_stream();
        diagnostics.error_over(of_trait, rules::validator::a_block_implements_no_trait.says(&[&self_ty]));
    }
    block.of_trait.is_none()
}

/// Refuses what is no method: it would be hidden among hooks.
fn check_is_method(what: &str, span: Span, diagnostics: &Diagnostics) {
    diagnostics.error(span, rules::validator::a_block_has_methods_only.says(&[&what]));
}

/// `custom` and a block announce each other: one that is empty is half-written.
fn check_not_empty(block: &ImplBlock, diagnostics: &Diagnostics) {
    if block.items.is_empty() {
        diagnostics.error_over(&block.self_ty, rules::validator::a_block_has_a_hook.words);
    }
}

fn add_method<'a>(method: &'a Method, validated: &mut ValidatedHooks<'a>, diagnostics: &Diagnostics) {
    if let Some((attr, meant)) = method.misnamed.first() {
        let name = attr.path().to_token_stream();
        let message = if meant.is_empty() {
            format!("hooks are known by their names: remove `#[{name}]`")
        } else {
            format!("there is no `#[{name}]`: did you mean `#[{meant}]`?")
        };
        diagnostics.error_over(attr.path(), message);
        return;
    }
    let helpers = HELPERS.map(|helper| method.helper(helper));
    match helpers {
        [Some(attr), None, None] => {
            let (args, span) = helper_args(attr);
            if let Some(claim) = check_claim(method, args, span, &validated.claims, diagnostics) {
                validated.claims.push(claim);
            }
            check_attribute_once(method, diagnostics);
        }
        [None, Some(attr), None] => {
            let (args, span) = helper_args(attr);
            validated.structs.extend(check_claims(method, args, span, diagnostics));
            check_attribute_once(method, diagnostics);
        }
        [None, None, Some(attr)] => {
            let (args, span) = helper_args(attr);
            if let Some(generator) = check_generator(method, args, span, &validated.generators, diagnostics) {
                validated.generators.push(generator);
            }
            check_attribute_once(method, diagnostics);
        }
        [None, None, None] => {
            let Some(hook) = check_known(method, diagnostics) else { return };
            // The compiler reports a second method of the same name.
            let is_repeated =
                method.cfg.is_empty() && validated.hooks.iter().any(|(known, _)| known.name == hook.name);
            let signature = hook.signature();
            if check_signature(method, &signature, hook.parameters, diagnostics)
                && check_output_type(method, hook.output, &signature, diagnostics)
                && !is_repeated
            {
                validated.hooks.push((hook, method));
            }
        }
        several => check_one_part(several, diagnostics),
    }
}

/// Checks that a method returns one thing: a claim, or a struct of them, or a token.
fn check_one_part(helpers: [Option<&Attribute>; 3], diagnostics: &Diagnostics) {
    let nouns = ["one claim", "a struct of claims", "a token generator"];
    let mut parts = helpers.into_iter().zip(nouns).filter_map(|(attr, noun)| Some((attr?, noun)));
    if let (Some((_, one)), Some((attr, other))) = (parts.next(), parts.next()) {
        diagnostics.error_over(
            attr.path(),
            rules::validator::a_method_is_a_hook_or_a_claim_or_a_generator.says(&[&one, &other]),
        );
    }
}

/// A method is one claim, or makes tokens of one kind.
fn check_attribute_once(method: &Method, diagnostics: &Diagnostics) {
    if let Some(second) = method.helpers.get(1) {
        diagnostics.error_over(second, rules::validator::a_method_is_one_claim.words);
    }
}
