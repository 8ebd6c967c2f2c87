//! The parts of a server that it must keep together, as the macros judge them.

use oauth_rules::dpop::rfc9449_section_11_1_proofs_have_a_store_for_their_identifiers;
use oauth_rules::grant::of_type;
use oauth_rules::lifetime::{EXPIRES_IN, Limits, OF_A_SERVER, OF_REGISTRATION, PUSHED_EXPIRES_IN, written};
use oauth_rules::parts::{
    oidc_core_section_9_secrets_that_sign_are_known,
    rfc7523_section_3_assertions_of_clients_have_a_store_for_their_identifiers,
    rfc7591_section_3_registered_clients_have_a_store, rfc9126_section_2_2_a_pushed_request_has_a_store,
};
use oauth_rules::server::clients::a_client_authentication_method_is_given_once;
use oauth_rules::server::{Grants, ServerModel, judge_names};
use oauth_rules::start_up::{
    rfc6749_section_2_3_a_client_authentication_method_is_checked_by_something,
    rfc9470_section_5_a_class_of_logins_can_be_reached,
};
use oauth_rules::strangers::Strangers;
use oauth_rules::{Rule, extension_grant, list, server};

use crate::client::{ClientAuthMethod, ResponseType};
use crate::frame::grant_set::acr_values;
use crate::frame::{
    AuthorizationServer, GrantSet, ListedEndpoint, ServerConfig, ServerMetadata, access_token_lifetime,
};
use crate::openid::IdTokenSigner;
use crate::scope::twins;
use crate::store::StoreRoles;
use crate::validator::RequestValidator;

pub(super) fn check<S: AuthorizationServer>(
    server: &S,
    config: &ServerConfig,
    endpoints: &[(&'static str, ListedEndpoint<S>)],
    outside: &[ClientAuthMethod],
    mistakes: &mut Vec<String>,
) {
    let metadata = const { ServerMetadata::of::<S>() };
    let scopes: Vec<_> = config.scopes.iter().map(|scope| scope.name).collect();
    let paths: Vec<_> = endpoints.iter().map(|(path, _)| *path).collect();
    let members: Vec<_> =
        endpoints.iter().filter_map(|(_, endpoint)| endpoint.route.advertised_as()).collect();
    mistakes.extend(judge_names(&scopes, &paths, &members));
    mistakes.extend(twins(config.scopes));
    let access_token_lifetime = access_token_lifetime(server).as_secs();
    let too_long = EXPIRES_IN.check_seconds(access_token_lifetime).err();
    // Beside it, nothing is said of refresh tokens.
    let access_token_lifetime = Some(access_token_lifetime).filter(|_| too_long.is_none());
    mistakes.extend(too_long);
    mistakes.extend(pushed_requests(server));
    mistakes.extend(names_of_grants(metadata.grant_types));
    mistakes.extend(ways_to_authenticate::<S>(outside));
    // Where the profile has both, what is said of assertions is said of proofs.
    if config.dpop.is_some() && !<S::Validator as StoreRoles>::KEEPS_REPLAY_IDS && !config.profile.is_fapi2()
    {
        mistakes.push(rfc9449_section_11_1_proofs_have_a_store_for_their_identifiers.words.to_owned());
    }
    let response_types: Vec<_> = config.response_types.iter().map(ToString::to_string).collect();
    let response_types: Vec<_> = response_types.iter().map(String::as_str).collect();
    let auth_methods: Vec<_> =
        config.token_endpoint_auth_methods.iter().map(crate::client::ClientAuthMethod::as_str).collect();
    let durations = durations(config);
    let resources = config.resources.iter().enumerate().map(|(index, resource)| server::Resource {
        index,
        uri: resource.uri,
        scopes: resource.known_scopes().unwrap_or_default(),
    });
    let resources: Vec<_> = resources.collect();
    mistakes.extend(registrations(server));
    mistakes.extend(unreachable_logins(server));
    let arguments = [
        (!config.acr_values.is_empty(), "acr_values"),
        (config.danger_pkce_optional, "danger_pkce_optional"),
        (config.client_id_metadata_documents, "client_id_metadata_documents"),
        // Who follows the profile has not asked for them.
        (
            config.pushed_authorization_requests.is_some() && !config.profile.is_fapi2(),
            "pushed_authorization_requests",
        ),
    ];
    let arguments: Vec<_> = arguments
        .into_iter()
        .filter(|(is_given, _)| *is_given)
        .map(|(_, name)| (name, "authorization_code"))
        .collect();
    let quoted: Vec<_> = scopes.iter().map(|name| format!("{name:?}")).collect();
    let strangers = Strangers {
        way: config.way_of_strangers(),
        scopes: config.unverified_scopes,
        written_scopes: &quoted.join(", "),
    };
    let model = ServerModel {
        profile: Some(config.profile.rules()),
        grants: Some(grants::<S>(metadata.grant_types)),
        response_types: &response_types,
        are_response_types_known: !response_types.is_empty(),
        scopes: &scopes,
        are_scopes_known: true,
        default_scopes: config.default_scopes,
        resources: &resources,
        auth_methods: &auth_methods,
        // What is outside of the table may be for clients that authenticate.
        are_auth_methods_known: !auth_methods.is_empty() && outside.is_empty(),
        has_introspection: config.endpoints.introspection.is_some(),
        allowed_origins: config.allowed_origins,
        acr_values: config.acr_values,
        is_openid: scopes.contains(&"openid"),
        signs_id_tokens: Some(S::IdTokens::IS_OPENID_PROVIDER),
        openid_fields: &super::openid::fields(server),
        arguments: &arguments,
        has_resources: !config.resources.is_empty(),
        has_client_documents: config.client_id_metadata_documents,
        strangers,
        durations: &durations,
        are_durations_legible: true,
        access_token_lifetime,
        dpop: config.dpop.map(|dpop| dpop.nonces.as_str()),
        binds_tokens: Some(config.dpop.is_some()),
        demands_pushing: Some(config.pushed_authorization_requests.is_some_and(|pushed| pushed.is_required)),
        pushed_expires_in: config.pushed_authorization_requests.map(|pushed| {
            let seconds = pushed.expires_in.as_secs();
            (seconds, written(seconds))
        }),
        has_nonce_key: server.dpop_nonce_key().is_some(),
        body_limit: Some(u64::try_from(config.body_limit).unwrap_or(u64::MAX)),
        ..ServerModel::default()
    };
    mistakes.extend(model.mistakes().into_iter().map(|mistake| mistake.words));
}

/// The durations that were said, as far as a run can tell: their limits, seconds and texts.
fn durations(config: &ServerConfig) -> Vec<(&'static Limits, u64, String)> {
    OF_A_SERVER
        .iter()
        .filter(|limits| match limits.name {
            // It follows the other, which is told.
            "refresh_token_max_lifetime" => {
                config.refresh_token_max_lifetime != config.refresh_token_lifetime
            }
            // Nobody may have said it: then the longest counts alone.
            "refresh_token_lifetime" => {
                config.refresh_token_lifetime != ServerConfig::new(&[]).refresh_token_lifetime
            }
            _ => true,
        })
        .filter_map(|limits| {
            let seconds = config.duration(limits.name)?.as_secs();
            Some((limits, seconds, written(seconds)))
        })
        .collect()
}

/// RFC 9470 §5: whoever asks for a class gets a login of it, or an error; where there is none of any, everybody gets the error.
fn unreachable_logins<S: AuthorizationServer>(server: &S) -> Option<String> {
    let first = S::CONFIG.acr_values.first()?;
    let reached = acr_values(server)?;
    if S::CONFIG.acr_values.iter().any(|acr| reached.contains(acr)) {
        return None;
    }
    let shown =
        if reached.is_empty() { "of no class".to_owned() } else { format!("of {}", list::words(reached)) };
    Some(rfc9470_section_5_a_class_of_logins_can_be_reached.says(&[&shown, first]))
}

/// RFC 9126 §2.2: what was pushed is kept, and for a short time.
fn pushed_requests<S: AuthorizationServer>(server: &S) -> Vec<String> {
    let Some(pushed) = S::CONFIG.pushed_authorization_requests else { return Vec::new() };
    // The profile has them wherever there is an authorization endpoint.
    if S::CONFIG.profile.is_fapi2() && S::Grants::RESPONSE_TYPE.is_none() {
        return Vec::new();
    }
    let is_kept =
        <S::Validator as StoreRoles>::KEEPS_PUSHED_REQUESTS && server.validator().pushed_requests().is_some();
    let rule = &rfc9126_section_2_2_a_pushed_request_has_a_store;
    let store = (!is_kept).then(|| rule.words.to_owned());
    let lifetime = PUSHED_EXPIRES_IN.check_seconds(pushed.expires_in.as_secs()).err();
    store.into_iter().chain(lifetime).collect()
}

/// RFC 7591 §3, §5: clients that register themselves are kept, and not for ever.
fn registrations<S: AuthorizationServer>(server: &S) -> Vec<String> {
    let Some(registration) = S::CONFIG.registration else { return Vec::new() };
    let is_kept =
        <S::Validator as StoreRoles>::KEEPS_REGISTRATIONS && server.validator().registrations().is_some();
    let rule = &rfc7591_section_3_registered_clients_have_a_store;
    let store = (!is_kept).then(|| rule.words.to_owned());
    let lifetimes = OF_REGISTRATION
        .iter()
        .filter_map(|limits| limits.check_seconds(registration.duration(limits.name)?.as_secs()).err());
    store.into_iter().chain(lifetimes).collect()
}

/// The grants as rules see them. One of the application's own may do what it says of itself.
fn grants<S: AuthorizationServer>(grant_types: &[&str]) -> Grants {
    let standard = grant_types.iter().filter_map(|name| of_type(name));
    let others =
        S::Grants::GRANTS.iter().any(|grant| grant.grant_type.is_none_or(|name| of_type(name).is_none()));
    let mut grants = Grants::of(standard, others);
    let has = |part| S::Grants::RESPONSE_TYPE.is_some_and(|all| all.contains(part));
    grants.codes |= has(ResponseType::CODE);
    grants.tokens_in_urls |= has(ResponseType::TOKEN);
    grants.authorization_endpoint |= S::Grants::RESPONSE_TYPE.is_some();
    grants.refresh_token |= S::Grants::HAS_REFRESH_TOKEN;
    grants.people |= grants.authorization_endpoint;
    grants
}

/// RFC 6749 §4.5: the `grant_type` says which grant is meant, and that of an extension grant is a URI.
fn names_of_grants(grant_types: &[&str]) -> Vec<String> {
    let rule = &extension_grant::rfc6749_section_4_5_each_grant_has_its_own_name;
    let repeated = list::repeated(grant_types).filter_map(|index| grant_types.get(index));
    let own = grant_types.iter().filter(|name| of_type(name).is_none());
    repeated
        .map(|name| rule.says(&[name]))
        .chain(own.filter_map(|name| extension_grant::check(name).err()))
        .collect()
}

/// The mistakes in what checks each client authentication method: the framework, of one that is built in,
/// or else the environment.
fn ways_to_authenticate<S: AuthorizationServer>(outside: &[ClientAuthMethod]) -> Vec<String> {
    let all = [&ClientAuthMethod::BUILT_IN, outside].concat();
    let twice = list::repeated(&all).filter_map(|index| all.get(index));
    let twice = twice.map(|method| a_client_authentication_method_is_given_once.says(&[&method.as_str()]));
    let configured = S::CONFIG.token_endpoint_auth_methods.iter();
    let unchecked = configured.clone().filter(|method| !all.contains(method)).map(|method| {
        rfc6749_section_2_3_a_client_authentication_method_is_checked_by_something
            .says(&[&method.as_str().escape_debug()])
    });
    let lacking = configured.filter_map(|method| {
        let rule = cannot_be_checked::<S::Validator>(*method)?;
        Some(format!("the client authentication method `{}`: {}", method.as_str(), rule.words))
    });
    twice.chain(unchecked).chain(lacking).collect()
}

/// The rule against a client authentication method that the validator cannot check.
fn cannot_be_checked<V: RequestValidator>(method: ClientAuthMethod) -> Option<&'static Rule> {
    if method.is_assertion() && !<V as StoreRoles>::KEEPS_REPLAY_IDS {
        return Some(&rfc7523_section_3_assertions_of_clients_have_a_store_for_their_identifiers);
    }
    (method == ClientAuthMethod::ClientSecretJwt && !V::KNOWS_CLIENT_SECRETS)
        .then_some(&oidc_core_section_9_secrets_that_sign_are_known)
}

#[cfg(test)]
mod tests {
    use oauth_rules::lifetime::{OF_A_SERVER, OF_REGISTRATION};

    use crate::frame::{RegistrationConfig, ServerConfig};

    #[test]
    fn every_duration_with_limits_is_a_constant() {
        for limits in OF_A_SERVER {
            let duration = ServerConfig::new(&[]).duration(limits.name).map(|duration| duration.as_secs());
            assert!(duration.is_some_and(|seconds| limits.check_seconds(seconds).is_ok()), "{}", limits.name);
            // The macro compares what is given with what is not.
            assert_eq!(duration, oauth_rules::lifetime::parse(limits.example).ok(), "{}", limits.name);
        }
        for limits in OF_REGISTRATION {
            let duration = RegistrationConfig::OPEN.duration(limits.name).map(|duration| duration.as_secs());
            assert!(duration.is_some_and(|seconds| limits.check_seconds(seconds).is_ok()), "{}", limits.name);
        }
    }
}
