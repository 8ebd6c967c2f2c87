//! The rules common to the endpoints that take forms.

use http::header::CONTENT_TYPE;
use http::{Method, StatusCode};

use super::Check;
use super::metadata::nobodys_grant_type;
use super::suite::{FORM, Suite, encode, random_id};
use crate::frame::Route;

const LAYER: &str = "a layer or a router in front of the service changes requests or answers";

pub(super) async fn rfc6749_section_3_2_other_methods_than_post_are_refused(suite: &Suite) -> Check {
    for path in suite.form_endpoints() {
        for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE] {
            let answer = suite.request(method, path, &[], "").await?;
            let is_refused =
                answer.status == StatusCode::METHOD_NOT_ALLOWED && answer.header("allow") == "POST";
            answer.expect(is_refused, "status 405 with Allow: POST (RFC 9110 §15.5.6)", LAYER)?;
        }
    }
    Ok(())
}

pub(super) async fn rfc6749_section_3_2_the_body_is_a_form(suite: &Suite) -> Check {
    for path in suite.form_endpoints() {
        for content_type in ["application/json", "text/plain", "multipart/form-data; boundary=x"] {
            let answer = suite.request(Method::POST, path, &[(CONTENT_TYPE, content_type)], "{}").await?;
            answer.error(400, "invalid_request", LAYER)?;
        }
    }
    Ok(())
}

pub(super) async fn rfc6749_section_3_2_a_repeated_parameter_is_refused(suite: &Suite) -> Check {
    for path in suite.form_endpoints() {
        for name in ["grant_type", "client_id", "token", "unknown"] {
            let body = encode([(name, "one"), (name, "another")]);
            let answer = suite.request(Method::POST, path, &[(CONTENT_TYPE, FORM)], &body).await?;
            answer.error(400, "invalid_request", LAYER)?;
        }
    }
    Ok(())
}

/// A malformed request is the client's error, not ours.
pub(super) async fn rfc6749_section_3_2_malformed_encoding_is_refused(suite: &Suite) -> Check {
    for path in suite.form_endpoints() {
        for body in ["grant_type=%zz", "grant_type=%", "token=%ff%fe", "%c3=1"] {
            let answer = suite.request(Method::POST, path, &[(CONTENT_TYPE, FORM)], body).await?;
            answer.error(400, "invalid_request", LAYER)?;
        }
    }
    Ok(())
}

pub(super) async fn rfc6749_section_5_2_an_unknown_grant_type_is_refused(suite: &Suite) -> Check {
    let unknown = nobodys_grant_type();
    let answer = suite.post(Route::TOKEN, &suite.web, &[("grant_type", &unknown)]).await?;
    answer.error(
        400,
        "unsupported_grant_type",
        "`validate_client_id` or `authenticate_client` of the validator refuses",
    )
}

pub(super) async fn rfc6749_section_5_2_the_grant_type_is_required(suite: &Suite) -> Check {
    suite.post(Route::TOKEN, &suite.web, &[]).await?.error(400, "invalid_request", LAYER)
}

/// Errors too: what is here is about credentials.
pub(super) async fn rfc6749_section_5_1_answers_are_not_cached(suite: &Suite) -> Check {
    for path in suite.form_endpoints() {
        for method in [Method::POST, Method::GET] {
            suite.request(method, path, &[], "").await?.expect_no_store()?;
        }
    }
    Ok(())
}

pub(super) async fn rfc9110_section_15_5_14_a_body_has_a_limit(suite: &Suite) -> Check {
    let body = format!("token={}", "a".repeat(suite.report.body_limit));
    for path in suite.form_endpoints() {
        let answer = suite.request(Method::POST, path, &[(CONTENT_TYPE, FORM)], &body).await?;
        answer.expect(answer.status == StatusCode::PAYLOAD_TOO_LARGE, "status 413", LAYER)?;
    }
    Ok(())
}

pub(super) async fn rfc9110_section_15_5_5_other_paths_are_not_found(suite: &Suite) -> Check {
    let answer = suite.get(&format!("/{}", random_id("nothing"))).await?;
    answer.expect(answer.status == StatusCode::NOT_FOUND, "status 404", LAYER)
}
