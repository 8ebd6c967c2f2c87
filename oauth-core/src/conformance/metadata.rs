//! The rules of metadata: what is advertised is what is there.

use std::collections::BTreeSet;

use http::StatusCode;
use serde_json::{Map, Value};

use super::answer::Answer;
use super::suite::{Suite, encode, pkce, random_id};
use super::{Check, Stop};
use crate::client::{GrantType, ResponseType};
use crate::frame::Route;

const LIKELY: &str = "a layer or a router in front of the service answers instead of it";

/// The metadata.
async fn document(suite: &Suite) -> Result<(Map<String, Value>, Answer), Stop> {
    let answer = suite.get(suite.path(Route::METADATA)?).await?;
    answer.expect(answer.status == StatusCode::OK, "status 200", LIKELY)?;
    Ok((answer.json(LIKELY)?, answer))
}

fn strings<'a>(document: &'a Map<String, Value>, name: &str) -> Vec<&'a str> {
    let list = document.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).collect()
}

pub(super) async fn rfc8414_section_3_1_the_document_is_at_the_well_known_path(suite: &Suite) -> Check {
    let (_, answer) = document(suite).await?;
    let (_, issuer_path) = suite.report.issuer.split_at(suite.origin.len());
    let path = format!("/.well-known/oauth-authorization-server{issuer_path}");
    let is_there = suite.path(Route::METADATA)? == path;
    answer.expect(is_there, format!("the document at {path}"), "the issuer has another path than the server")
}

pub(super) async fn rfc8414_section_3_3_the_issuer_is_the_servers_own(suite: &Suite) -> Check {
    let (document, answer) = document(suite).await?;
    let is_same = document.get("issuer").and_then(Value::as_str) == Some(&suite.report.issuer);
    answer.expect(
        is_same,
        format!("issuer {}", suite.report.issuer),
        "the server's `issuer` changes between two calls: it must be the same for as long as the server runs",
    )
}

/// Clients of OpenID Connect look below the issuer, those of RFC 8414 before its path: both must find the same.
pub(super) async fn oidc_discovery_section_4_both_documents_are_one(suite: &Suite) -> Check {
    let (ours, _) = document(suite).await?;
    let (_, issuer_path) = suite.report.issuer.split_at(suite.origin.len());
    let answer = suite.get(&format!("{issuer_path}/.well-known/openid-configuration")).await?;
    answer.expect(answer.status == StatusCode::OK, "status 200", LIKELY)?;
    let other = answer.json(LIKELY)?;
    answer.expect(ours == other, "the document of /.well-known/oauth-authorization-server", LIKELY)
}

pub(super) async fn rfc8414_section_3_2_members_without_elements_are_left_out(suite: &Suite) -> Check {
    let (document, answer) = document(suite).await?;
    // §2: `response_types_supported` is REQUIRED.
    let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    let empty = document.iter().find(|(name, value)| is_empty(value) && *name != "response_types_supported");
    match empty {
        Some((name, _)) => Err(answer.fail(format!("no empty list `{name}`"), LIKELY)),
        None => Ok(()),
    }
}

/// Any answer but 404, to any method, shows that the path is routed.
pub(super) async fn rfc8414_section_2_every_advertised_endpoint_is_there(suite: &Suite) -> Check {
    let (document, answer) = document(suite).await?;
    let is_endpoint =
        |name: &str| name.ends_with("_endpoint") || name.ends_with("_iframe") || name == "jwks_uri";
    for (name, url) in document.iter().filter(|(name, _)| is_endpoint(name)) {
        let url = url.as_str().unwrap_or_default();
        let path = url.strip_prefix(&suite.report.issuer).and_then(|_| url.strip_prefix(&suite.origin));
        let Some(path) = path else {
            return Err(answer.fail(format!("`{name}` below the issuer, not {url}"), LIKELY));
        };
        let asked = suite.get(path).await?;
        asked.expect(
            asked.status != StatusCode::NOT_FOUND,
            format!("an answer other than 404: the metadata advertises {url} as `{name}`"),
            LIKELY,
        )?;
    }
    Ok(())
}

pub(super) async fn rfc8414_section_2_every_route_is_advertised_or_private(suite: &Suite) -> Check {
    let (document, answer) = document(suite).await?;
    for (path, route) in suite.target.routes() {
        let Some(name) = route.advertised_as() else {
            let is_known = route.is_private() || route == Route::METADATA;
            answer.expect(
                is_known,
                format!("no route to {path}"),
                "the route is neither advertised nor private",
            )?;
            continue;
        };
        let url = format!("{}{path}", suite.origin);
        let is_advertised = document.get(name).and_then(Value::as_str) == Some(&url);
        answer.expect(is_advertised, format!("`{name}`: {url}, which is routed"), LIKELY)?;
    }
    Ok(())
}

pub(super) async fn rfc8414_section_2_the_advertised_grants_are_those_that_work(suite: &Suite) -> Check {
    const KNOWN: [&str; 6] = [
        "authorization_code",
        "refresh_token",
        "client_credentials",
        "password",
        "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
    ];
    let (document, _) = document(suite).await?;
    let advertised: BTreeSet<_> = strings(&document, "grant_types_supported").into_iter().collect();
    for grant_type in advertised.iter().copied().chain(KNOWN).filter(|name| *name != "implicit") {
        let answer = suite.post(Route::TOKEN, &suite.web, &[("grant_type", grant_type)]).await?;
        let is_refused =
            answer.json(LIKELY)?.get("error").and_then(Value::as_str) == Some("unsupported_grant_type");
        let (expected, likely) = if advertised.contains(grant_type) {
            (
                "another answer than unsupported_grant_type: the grant is advertised",
                "the grant has another GRANT_TYPE",
            )
        } else {
            (
                "unsupported_grant_type: the grant is not advertised",
                "two lists of grants are kept, and differ",
            )
        };
        answer.expect(is_refused != advertised.contains(grant_type), expected, likely)?;
    }
    Ok(())
}

pub(super) async fn rfc8414_section_2_the_advertised_response_types_are_those_that_work(
    suite: &Suite,
) -> Check {
    let (document, _) = document(suite).await?;
    let advertised = strings(&document, "response_types_supported");
    let client = suite
        .confidential_with("every-response-type", |client| {
            let client = suite.with_grants(client, true);
            // Those that its response types belong to (RFC 7591 §2.1), whether the server has them or not.
            let client = client.grant_type(GrantType::AUTHORIZATION_CODE).grant_type(GrantType::IMPLICIT);
            ResponseType::ALL.into_iter().fold(client, crate::client::ClientBuilder::response_type)
        })
        .await?;
    let (_, challenge) = pkce();
    for response_type in ResponseType::ALL.map(ResponseType::as_str) {
        let mut params = client.authorization(&challenge, "");
        params.retain(|(name, _)| *name != "response_type");
        params.extend([("response_type", response_type), ("nonce", "a nonce")]);
        let answer = suite.open(&params).await?;
        let is_refused = answer.location().is_some_and(|to| to.contains("error=unsupported_response_type"));
        let expected = if advertised.contains(&response_type) {
            format!("another answer than unsupported_response_type: `{response_type}` is advertised")
        } else {
            format!("unsupported_response_type: `{response_type}` is not advertised")
        };
        answer.expect(is_refused != advertised.contains(&response_type), expected, LIKELY)?;
    }
    Ok(())
}

pub(super) async fn rfc9207_section_3_the_iss_parameter_is_advertised(suite: &Suite) -> Check {
    let (document, answer) = document(suite).await?;
    let is_advertised =
        document.get("authorization_response_iss_parameter_supported") == Some(&Value::Bool(true));
    answer.expect(is_advertised, "authorization_response_iss_parameter_supported: true", LIKELY)
}

pub(super) async fn rfc7636_section_6_2_only_s256_is_advertised(suite: &Suite) -> Check {
    let (document, answer) = document(suite).await?;
    let methods = strings(&document, "code_challenge_methods_supported");
    answer.expect(
        methods == ["S256"],
        "code_challenge_methods_supported: [\"S256\"] (RFC 9700 §2.1.1)",
        LIKELY,
    )
}

/// RFC 7517 §4, RFC 7518 §6: none of the members that only the owner may know.
pub(super) async fn rfc7517_section_5_the_key_set_is_public(suite: &Suite) -> Check {
    const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
    let answer = suite.get(suite.path(Route::JWKS)?).await?;
    answer.expect(answer.status == StatusCode::OK, "status 200", LIKELY)?;
    let set: Map<String, Value> = serde_json::from_slice(&answer.body)
        .map_err(|cause| answer.fail(format!("a JWK Set ({cause})"), LIKELY))?;
    let keys = set.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    answer.expect(!keys.is_empty(), "keys (RFC 7517 §5.1)", "`jwks` of the generator is empty by now")?;
    let mut identifiers = BTreeSet::new();
    for key in keys {
        let has = |name: &str| key.get(name).is_some();
        answer.expect(has("kty"), "`kty` in every key (RFC 7517 §4.1)", "`jwks` of the generator")?;
        answer.expect(
            !PRIVATE.into_iter().any(has),
            "no private member in any key",
            "`jwks` of the generator returns its private keys: anyone can sign with them; replace them at once",
        )?;
        let kid = key.get("kid").and_then(Value::as_str).unwrap_or_default();
        answer.expect(
            identifiers.insert(kid),
            "a `kid` of its own in every key (RFC 7517 §4.5)",
            "`jwks` of the generator has a key twice, or keys without a `kid`",
        )?;
    }
    Ok(())
}

/// A grant type that nobody has.
pub(super) fn nobodys_grant_type() -> String {
    format!("urn:example:{}", random_id("grant"))
}

/// The authorization endpoint with this query.
pub(super) fn authorization_uri(suite: &Suite, params: &[(&str, &str)]) -> Result<String, Stop> {
    Ok(format!("{}?{}", suite.path(Route::AUTHORIZATION)?, encode(params.iter().copied())))
}
