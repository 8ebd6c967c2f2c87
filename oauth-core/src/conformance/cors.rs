//! The callers from web pages at other origins.

use http::header::{ACCESS_CONTROL_REQUEST_METHOD, ORIGIN};
use http::{HeaderValue, Method};

use super::answer::Answer;
use super::metadata::authorization_uri;
use super::suite::{Suite, TestClient};
use super::{Check, Stop};
use crate::frame::Route;

const ALLOWED: &str = "access-control-allow-origin";
const OWN: &str = "https://app.client.example";
const FOREIGN: &str = "https://attacker.example";
const LAYER: &str =
    "a layer of yours, such as tower-http's `CorsLayer`, answers for these paths: leave them to the server";

pub(super) async fn rfc9700_section_2_6_documents_are_for_every_origin(suite: &Suite) -> Check {
    let documents = [Route::METADATA, Route::JWKS];
    for path in documents.into_iter().filter_map(|route| suite.report.path(route)) {
        let answer = suite.request(Method::GET, path, &[(ORIGIN, FOREIGN)], "").await?;
        answer.expect(answer.header(ALLOWED) == "*", "Access-Control-Allow-Origin: *", LAYER)?;
    }
    Ok(())
}

/// A token request from a page at this origin.
async fn ask_from(suite: &Suite, client: &TestClient, origin: &'static str) -> Result<Answer, Stop> {
    let mut request = suite.form(Route::TOKEN, client, &[("grant_type", "nonsense")]).await?;
    request.headers_mut().insert(ORIGIN, HeaderValue::from_static(origin));
    Ok(suite.send(request).await)
}

pub(super) async fn rfc9700_section_2_6_a_registered_origin_may_call(suite: &Suite) -> Check {
    let client =
        suite.confidential_with("cors", |client| suite.with_grants(client, true).origin(OWN)).await?;
    let path = suite.path(Route::TOKEN)?;
    let preflight = [(ORIGIN, OWN), (ACCESS_CONTROL_REQUEST_METHOD, "POST")];
    let answer = suite.request(Method::OPTIONS, path, &preflight, "").await?;
    let likely = "`is_origin_registered` of the store of clients does not find an origin that was saved";
    answer.expect(
        answer.status.is_success() && answer.header(ALLOWED) == OWN,
        format!("Access-Control-Allow-Origin: {OWN}"),
        likely,
    )?;
    let answer = ask_from(suite, &client, OWN).await?;
    answer.expect(
        answer.header(ALLOWED) == OWN,
        format!("Access-Control-Allow-Origin: {OWN}, as the client registered it"),
        "`is_origin_allowed` of the validator refuses it, or the store of clients does not keep origins",
    )?;
    answer.expect(
        answer.header("access-control-allow-credentials").is_empty(),
        "no Access-Control-Allow-Credentials: cookies play no part here",
        LAYER,
    )
}

pub(super) async fn rfc9700_section_2_6_another_origin_may_not(suite: &Suite) -> Check {
    let client =
        suite.confidential_with("cors", |client| suite.with_grants(client, true).origin(OWN)).await?;
    let path = suite.path(Route::TOKEN)?;
    for origin in
        [FOREIGN, "null", "http://app.client.example", "https://app.client.example.attacker.example"]
    {
        let preflight = [(ORIGIN, origin), (ACCESS_CONTROL_REQUEST_METHOD, "POST")];
        let answer = suite.request(Method::OPTIONS, path, &preflight, "").await?;
        let expected = format!("no Access-Control-Allow-Origin for {origin}, which no client registered");
        answer.expect(answer.header(ALLOWED).is_empty(), expected.as_str(), LAYER)?;
        let answer = ask_from(suite, &client, origin).await?;
        answer.expect(
            answer.header(ALLOWED).is_empty(),
            expected,
            "`is_origin_allowed` of the validator allows everyone",
        )?;
    }
    Ok(())
}

/// Authorization servers "MUST NOT support CORS at the authorization endpoint".
pub(super) async fn rfc9700_section_2_6_the_authorization_endpoint_has_no_cors(suite: &Suite) -> Check {
    suite.confidential_with("cors", |client| suite.with_grants(client, true).origin(OWN)).await?;
    let uri = authorization_uri(suite, &[("client_id", &suite.web.id)])?;
    let preflight = [(ORIGIN, OWN), (ACCESS_CONTROL_REQUEST_METHOD, "GET")];
    for (method, headers) in [(Method::GET, &preflight[..1]), (Method::OPTIONS, &preflight[..])] {
        let answer = suite.request(method, &uri, headers, "").await?;
        answer.expect(answer.header(ALLOWED).is_empty(), "no Access-Control-Allow-Origin", LAYER)?;
    }
    Ok(())
}
