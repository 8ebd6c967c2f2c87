//! The rules of a server's arguments.

use syn::Member;

use super::attr::Attr;
use super::fields::{
    check_access_token, check_interaction, check_refresh_token, check_validator, validator_bound,
};
use super::grants::check_grants;
use super::judge::judge;
use super::model::ValidatedServer;
use super::openid::{check_id_tokens, check_openid_field};
use super::scopes::{check_default_scopes, check_scopes, check_unverified_scopes};
use super::{
    client_authentication, dpop, endpoints, origins, presets, pushed, registration, resources, response_types,
};
use crate::diagnostics::{Diagnostics, did_you_mean, list};
use crate::issuer::Issuer;
use crate::item::Struct;
use crate::literal::duration;
use crate::rules::number::BODY_LIMIT;
use crate::rules::parts;
use crate::rules::profile::{self, ProfileRules};
use crate::step_up;

pub(super) fn check<'a>(attr: &Attr, item: &'a Struct, diagnostics: &Diagnostics) -> ValidatedServer<'a> {
    item.check_owned(
        "a server",
        "write its parts themselves, such as `accounts: Accounts`, without `&` and without this\n\
         what else needs them finds them in the running server, by `running.server()`; a clone of a store is the same store",
        diagnostics,
    );
    item.check_bounded("access_token", "TokenGenerator", diagnostics);
    item.check_bounded("refresh_token", "TokenGenerator", diagnostics);
    let preset = presets::parse(attr, diagnostics);
    let grants = match preset {
        Some((preset, span)) => presets::grants(preset, span),
        None => check_grants(attr, item, diagnostics),
    };
    item.check_bounded("validator", &validator_bound(item, &grants), diagnostics);
    let before = diagnostics.len();
    let scopes = check_scopes(attr, diagnostics);
    // What a list with a mistake was to have, nobody knows.
    let declared = (diagnostics.len() == before).then_some(scopes.as_slice());
    require_issuer(attr, item, diagnostics);
    let issuer = attr.issuer.as_ref();
    let id_tokens = check_id_tokens(item, &scopes, diagnostics);
    let endpoints = endpoints::check(attr, item, &grants, &scopes, diagnostics);
    let model = ValidatedServer {
        item,
        krate: attr.krate.clone(),
        default_scopes: check_default_scopes(attr, declared, diagnostics),
        unverified_scopes: check_unverified_scopes(attr, declared, diagnostics),
        client_id_metadata_documents: attr
            .client_id_metadata_documents
            .as_ref()
            .inspect(|arg| arg.bare(diagnostics))
            .is_some(),
        registration: registration::check(attr, diagnostics),
        scopes,
        scopes_span: attr.scopes.as_ref().map(|arg| arg.span),
        resources: resources::check(attr, diagnostics),
        resources_span: attr.resources.as_ref().map(|arg| arg.span),
        issuer: issuer.and_then(|arg| Some((Issuer::parse(arg, &item.fields, diagnostics)?, arg.span))),
        durations: attr
            .durations
            .iter()
            .filter_map(|(limits, arg)| duration(arg, limits, diagnostics))
            .collect(),
        danger_pkce_optional: attr
            .danger_pkce_optional
            .as_ref()
            .inspect(|arg| arg.bare(diagnostics))
            .is_some(),
        pushed: pushed::check(attr, diagnostics),
        body_limit: attr.body_limit.as_ref().and_then(|arg| arg.integer(&BODY_LIMIT, diagnostics)),
        endpoints,
        auth_methods: client_authentication::check(attr, diagnostics),
        allowed_origins: origins::check(attr, diagnostics),
        acr_values: attr
            .acr_values
            .as_ref()
            .map_or_else(Vec::new, |arg| step_up::acr_values(arg, diagnostics)),
        shared_validator: attr.shared_validator.as_ref().inspect(|arg| arg.bare(diagnostics)).is_some(),
        validator: check_validator(item, diagnostics),
        access_token: check_access_token(item, diagnostics),
        refresh_token: check_refresh_token(item, &grants, preset.is_some(), diagnostics),
        interaction: check_interaction(item, &grants, diagnostics),
        dpop: dpop::check(attr, diagnostics),
        dpop_nonce_key: dpop::check_key(item, diagnostics),
        pairwise_key: check_openid_field(item, "pairwise_key", diagnostics),
        back_channel: check_openid_field(item, "back_channel", diagnostics),
        fetcher: check_openid_field(item, "fetcher", diagnostics),
        profile: check_profile(attr, diagnostics),
        profile_span: attr.profile.as_ref().map(|arg| arg.span),
        preset,
        response_types: response_types::check(attr, diagnostics),
        id_tokens,
        grants,
    };
    judge(attr, &model, diagnostics);
    presets::check_openid(&model, diagnostics);
    model
}

/// RFC 8414 §2: `issuer` is REQUIRED. A generator may state it; the default, opaque tokens, does not.
fn require_issuer(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) {
    let is_absent = attr.issuer.is_none() && !attr.attempted.contains("issuer");
    if is_absent && item.lacks("access_token") && !item.is_unmarked() {
        let (none, add) =
            parts::rfc8414_section_2_a_server_has_an_issuer.words.split_once('\n').unwrap_or_default();
        match item.only_unmarked() {
            // Its mark was forgotten, or else it has the issuer.
            Some(field) => {
                let name = field.member_name();
                let message = format!(
                    "{none}, and the field `{name}` has no mark\n\
                     write `#[access_token]` above it if it makes the access tokens, as a `#[token_generator(jwt, …)]` that states the issuer\n\
                     or else {add}"
                );
                match &field.member {
                    Member::Named(name) => diagnostics.error_over(name, message),
                    Member::Unnamed(_) => diagnostics.error_over(&field.ty, message),
                }
            }
            None => diagnostics.error_over(
                item.ident(),
                format!("{none}\n{add}, or write `#[access_token]` above a field whose `#[token_generator(jwt, …)]` states one"),
            ),
        }
    }
}

fn check_profile(attr: &Attr, diagnostics: &Diagnostics) -> Option<&'static ProfileRules> {
    let Some(arg) = &attr.profile else {
        return (!attr.attempted.contains("profile")).then_some(profile::DEFAULT);
    };
    let text = arg.text("\"oauth2.1\"", diagnostics)?;
    let known = ProfileRules::named(&text.value);
    if known.is_none() {
        let names = || profile::ALL.iter().map(|profile| profile.name);
        let (meant, names) = (did_you_mean(&text.value, names()), list(names()));
        diagnostics.error(text.span, profile::a_profile_is_a_known_one.says(&[&text.value, &meant, &names]));
    }
    known
}
