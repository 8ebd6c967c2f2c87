//! Clients that manage their registrations, RFC 7592.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::race::{race, rounds};
use super::registration::{Registered, metadata, register, to_endpoint, tokens, with};
use super::suite::{Suite, pkce};
use super::{Check, Stop};
use crate::server::Feature;

const UNREAD: &str = "`registration` of the store does not find what `register_client` saved";
const UNREPLACED: &str = "`replace_registration` of the store keeps the client as it was, or a part of it";
const REPLACED_TWICE: &str = "`replace_registration` of the store compares the hash of the token and writes in a second step: do both \
                              in one atomic step";
const UNDELETED: &str = "`delete_registration` of the store says that the client is gone, and keeps it";
const ALIVE: &str = "`revoke` of the store of tokens passes over `Revocation::Client`";
const FOREIGN: &str = "a layer answers in place of the registration endpoint";

async fn new(suite: &Suite) -> Result<Registered, Stop> {
    register(suite, &metadata(suite)?).await
}

/// The metadata of a replacement: §2.2, it "MUST include all client metadata fields as returned".
fn replacement(suite: &Suite, own: &Registered, redirect_uri: &str) -> Result<Value, Stop> {
    let metadata = with(metadata(suite)?, "redirect_uris", json!([redirect_uri]));
    Ok(with(metadata, "client_id", json!(own.client.id)))
}

pub(super) async fn rfc7592_section_2_1_a_client_reads_its_registration(suite: &Suite) -> Check {
    let own = new(suite).await?;
    let answer = suite.send(to_endpoint(Method::GET, &own.path, Some(&own.token), None)?).await;
    let told = answer.success(UNREAD)?;
    for name in ["client_id", "redirect_uris", "grant_types", "scope", "client_id_issued_at"] {
        answer.expect(
            told.get(name) == own.told.get(name),
            format!("`{name}` as it was registered"),
            UNREAD,
        )?;
    }
    Ok(())
}

pub(super) async fn rfc7592_section_2_2_a_replacement_replaces_all(suite: &Suite) -> Check {
    let own = new(suite).await?;
    let other = "https://client.example/another";
    let body = replacement(suite, &own, other)?;
    let answer = suite.send(to_endpoint(Method::PUT, &own.path, Some(&own.token), Some(&body))?).await;
    let told = answer.success(UNREPLACED)?;
    answer.expect(
        told.get("redirect_uris") == Some(&json!([other])),
        "the new `redirect_uris`",
        UNREPLACED,
    )?;
    // The old one is none of its own any more.
    let (_, challenge) = pkce();
    suite.authorize(&own.client.authorization(&challenge, "")).await?.page_without_redirect(UNREPLACED)
}

/// Of two that have read the same, one would undo what the other has done.
pub(super) async fn rfc7592_section_2_2_one_of_several_replacements_counts(suite: &Suite) -> Check {
    for tasks in rounds() {
        let own = new(suite).await?;
        let body = replacement(suite, &own, "https://client.example/another")?;
        let request = to_endpoint(Method::PUT, &own.path, Some(&own.token), Some(&body))?;
        let answers = race(suite, tasks, &request).await;
        let done = answers.iter().filter(|answer| answer.status == StatusCode::OK).count();
        if let (Some(first), true) = (answers.first(), done != 1) {
            return Err(first.fail(format!("one of them replaced, and not {done}"), REPLACED_TWICE));
        }
    }
    Ok(())
}

/// §2.1: who asks for a client that is not theirs does not learn whether there is one.
pub(super) async fn rfc7592_section_2_1_a_registration_is_its_clients_alone(suite: &Suite) -> Check {
    let (own, other) = (new(suite).await?, new(suite).await?);
    let unknown = own.path.replace(&own.client.id, "conformance-unknown");
    let mut earlier: Option<bytes::Bytes> = None;
    for (path, token) in [
        (&own.path, Some(other.token.as_str())),
        (&own.path, Some("guessed")),
        (&own.path, None),
        (&unknown, Some(own.token.as_str())),
    ] {
        for method in [Method::GET, Method::DELETE] {
            let answer = suite.send(to_endpoint(method, path, token, None)?).await;
            answer.error(401, "invalid_token", FOREIGN)?;
            let is_same = earlier.as_ref().is_none_or(|earlier| *earlier == answer.body);
            answer.expect(is_same, "the same answer in every case", FOREIGN)?;
            earlier = Some(answer.body);
        }
    }
    Ok(())
}

async fn delete(suite: &Suite, own: &Registered) -> Check {
    let answer = suite.send(to_endpoint(Method::DELETE, &own.path, Some(&own.token), None)?).await;
    answer.expect(answer.status == StatusCode::NO_CONTENT, "status 204", UNDELETED)
}

pub(super) async fn rfc7592_section_2_3_a_client_that_was_deleted_is_gone(suite: &Suite) -> Check {
    let own = new(suite).await?;
    delete(suite, &own).await?;
    let answer = suite.send(to_endpoint(Method::GET, &own.path, Some(&own.token), None)?).await;
    answer.error(401, "invalid_token", UNDELETED)?;
    suite.need_direct_requests()?;
    let (_, challenge) = pkce();
    suite.authorize(&own.client.authorization(&challenge, "")).await?.page_without_redirect(UNDELETED)
}

/// §2.3: the server "SHOULD immediately invalidate all existing authorization grants and currently active access tokens".
pub(super) async fn rfc7592_section_2_3_the_tokens_of_a_deleted_client_die(suite: &Suite) -> Check {
    suite.need(Feature::Introspection)?;
    let (own, api) = (new(suite).await?, suite.api().await?);
    let token = tokens(suite, &own.client, "").await?.access_token;
    let (is_active, answer) = suite.is_active(&api, &token).await?;
    answer.expect(is_active, "an active token, before its client is deleted", ALIVE)?;
    delete(suite, &own).await?;
    let (is_active, answer) = suite.is_active(&api, &token).await?;
    answer.expect(!is_active, "`active` false, once its client is deleted", ALIVE)
}
