//! The verdict of the rules of servers on this one: those that its parts must keep together, which a start
//! applies to servers by hand.

use proc_macro2::Span;

use super::attr::Attr;
use super::client_authentication::is_off;
use super::dpop::Dpop;
use super::model::{IdTokens, Registration, ValidatedServer};
use super::resources::Resource;
use crate::diagnostics::Diagnostics;
use crate::rules::lifetime::OF_A_SERVER;
use crate::rules::profile;
use crate::rules::server::{At, ServerModel};
use crate::rules::strangers::Strangers;
use crate::scope_list::{self, Scope};

/// The fields that only an OpenID provider reads, and what such a provider does with them.
const OPENID_FIELDS: [(&str, &str); 2] =
    [("pairwise_key", "gives clients pairwise identifiers"), ("back_channel", "tells clients of logouts")];

/// Each mistake at the user's token that makes it.
pub(super) fn judge(attr: &Attr, model: &ValidatedServer<'_>, diagnostics: &Diagnostics) {
    let (response_types, auth_methods) = (&model.response_types, &model.auth_methods);
    let asked: Vec<_> = response_types.asked.iter().map(|(known, _)| known.name).collect();
    let methods: Vec<_> = auth_methods.asked.iter().map(|(known, _)| known.name).collect();
    let scopes: Vec<_> =
        model.scopes.iter().filter_map(Scope::name).map(|scope| scope.value.as_str()).collect();
    let resources = model.resources.iter().enumerate();
    let resources: Vec<_> = resources.filter_map(|(index, resource)| resource.rated(index)).collect();
    let are_scopes_known = !attr.attempted.contains("scopes") && scope_list::are_known(&model.scopes);
    let origins: Vec<_> = model.allowed_origins.iter().map(|origin| origin.value.as_str()).collect();
    let acr_values: Vec<_> = model.acr_values.iter().map(|acr| acr.value.as_str()).collect();
    let durations: Vec<_> = model
        .durations
        .iter()
        .map(|duration| (duration.limits, duration.seconds, duration.text.value.clone()))
        .collect();
    let are_durations_legible = model.durations.len() == attr.durations.len()
        && !OF_A_SERVER.iter().any(|limits| attr.attempted.contains(limits.name));
    let default_scopes: Vec<_> =
        model.default_scopes.iter().filter_map(Scope::name).map(|scope| scope.value.as_str()).collect();
    let of = attr.durations.iter().filter_map(|(limits, _)| Some((limits.name, limits.of?)));
    let pkce = attr.danger_pkce_optional.iter().map(|_| ("danger_pkce_optional", "authorization_code"));
    let pushed = attr.pushed_authorization_requests.iter();
    let pushed = pushed.map(|_| ("pushed_authorization_requests", "authorization_code"));
    let logins = attr.acr_values.iter().map(|_| ("acr_values", "authorization_code"));
    let documents = attr.client_id_metadata_documents.iter();
    let documents = documents.map(|_| ("client_id_metadata_documents", "authorization_code"));
    let arguments: Vec<_> = of.chain(pkce).chain(pushed).chain(logins).chain(documents).collect();
    let is_marked = |(mark, _): &(&str, &str)| first(model, mark).is_some();
    let openid_fields: Vec<_> = OPENID_FIELDS.into_iter().filter(is_marked).collect();
    let pushed_expires_in = model.pushed.as_ref().and_then(|pushed| pushed.expires_in.as_ref());
    let is_mcp = is_mcp(model);
    let written: Vec<_> = model.scopes.iter().map(written).collect();
    let unverified = model.unverified_scopes.is_some() || attr.attempted.contains("unverified_scopes");
    let strangers = Strangers {
        way: way_of_strangers(model),
        // What is not declared has a name that is near.
        scopes: unverified.then_some(&[]),
        written_scopes: &written.join(", "),
    };
    let server = ServerModel {
        profile: model.profile,
        preset: model.preset.map(|(preset, _)| preset.name),
        grants: model.grants.rated(),
        response_types: &asked,
        are_response_types_known: response_types.are_all,
        scopes: &scopes,
        are_scopes_known,
        // What is not declared is told already, with the name that is near.
        default_scopes: &default_scopes,
        resources: &resources,
        auth_methods: &methods,
        are_auth_methods_known: auth_methods.are_all,
        has_introspection: !is_off(attr, "introspection"),
        allowed_origins: &origins,
        acr_values: &acr_values,
        is_openid: scopes.contains(&"openid") || attr.attempted.contains("scopes"),
        signs_id_tokens: signs_id_tokens(model),
        openid_fields: &openid_fields,
        arguments: &arguments,
        durations: &durations,
        are_durations_legible,
        dpop: model.dpop.as_ref().map(Dpop::word),
        pushed_expires_in: pushed_expires_in.map(|lifetime| (lifetime.seconds, lifetime.text.value.clone())),
        has_nonce_key: has_nonce_key(attr, model),
        has_resources: !model.resources.is_empty() || attr.attempted.contains("resources"),
        has_client_documents: model.client_id_metadata_documents || is_mcp,
        strangers,
        body_limit: model.body_limit.map(|(limit, _)| limit),
        ..ServerModel::default()
    };
    for mistake in server.mistakes() {
        diagnostics.error(span(mistake.at, attr, model), mistake.words);
    }
}

fn is_mcp(model: &ValidatedServer<'_>) -> bool {
    model.profile.is_some_and(|profile| profile == &profile::mcp::PROFILE)
}

/// The argument that lets clients in which nobody has verified.
pub(super) fn way_of_strangers(model: &ValidatedServer<'_>) -> Option<&'static str> {
    let is_open = |registration: &Registration| registration.initial_access_token.is_none();
    if model.client_id_metadata_documents {
        Some("client_id_metadata_documents")
    } else if model.registration.as_ref().is_some_and(is_open) {
        Some("registration")
    } else {
        is_mcp(model).then_some("profile")
    }
}

/// A scope as an argument has it.
fn written(scope: &Scope) -> String {
    match scope {
        Scope::Text { name, .. } => format!("{:?}", name.value),
        Scope::Type(_) => scope_list::shown(scope),
    }
}

/// Beside a `dpop` with a mistake nothing is said of the key.
fn has_nonce_key(attr: &Attr, model: &ValidatedServer<'_>) -> bool {
    let is_known = attr.dpop.is_some() == model.dpop.is_some() && !attr.attempted.contains("dpop");
    is_known && first(model, "dpop_nonce_key").is_some()
}

/// `None`: the generator of access tokens may.
fn signs_id_tokens(model: &ValidatedServer<'_>) -> Option<bool> {
    if first(model, "id_token").is_some() {
        return Some(true);
    }
    (matches!(model.id_tokens, IdTokens::AccessTokens(_)) && model.item.lacks("access_token"))
        .then_some(false)
}

/// The place where the first field with a mark has it.
fn first(model: &ValidatedServer<'_>, mark: &str) -> Option<Span> {
    Some(model.item.with_helper(mark).first()?.helper(mark)?.span)
}

/// The user's token.
fn span(at: At<'_>, attr: &Attr, model: &ValidatedServer<'_>) -> Span {
    let found = match at {
        At::Grant(name) => model.grants.span(name),
        At::ResponseType(index) => model.response_types.asked.get(index).map(|(_, span)| *span),
        At::AuthMethod(index) => model.auth_methods.asked.get(index).map(|(_, span)| *span),
        At::Origin(index) => model.allowed_origins.get(index).map(|origin| origin.span),
        At::AcrValue(index) => model.acr_values.get(index).map(|acr| acr.span),
        At::Resource(index) => model.resources.get(index).map(Resource::span),
        At::DefaultScope(index) => {
            model.default_scopes.iter().filter_map(Scope::name).nth(index).map(|scope| scope.span)
        }
        At::Scope(name) => scope_list::find(&model.scopes, name).map(|scope| scope.span),
        At::Field(mark) => first(model, mark),
        At::Value("expires_in") => {
            let pushed = model.pushed.as_ref().and_then(|pushed| pushed.expires_in.as_ref());
            pushed.map(|lifetime| lifetime.text.span)
        }
        At::Value("body_limit") => model.body_limit.map(|(_, span)| span),
        At::Value(name) => model.duration(name).map(|duration| duration.text.span),
        At::Argument("acr_values") => attr.acr_values.as_ref().map(|arg| arg.span),
        At::Argument("profile") => model.profile_span,
        At::Argument("client_id_metadata_documents") => {
            attr.client_id_metadata_documents.as_ref().map(|arg| arg.span)
        }
        At::Argument("registration") => attr.registration.as_ref().map(|arg| arg.span),
        At::Argument("danger_pkce_optional") => attr.danger_pkce_optional.as_ref().map(|arg| arg.span),
        At::Argument("pushed_authorization_requests") => {
            attr.pushed_authorization_requests.as_ref().map(|arg| arg.span)
        }
        At::Argument(name) => {
            attr.durations.iter().find(|(limits, _)| limits.name == name).map(|(_, arg)| arg.span)
        }
        _ => None,
    };
    found.unwrap_or_else(|| model.item.ident().span())
}
