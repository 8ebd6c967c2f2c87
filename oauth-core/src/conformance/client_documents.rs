//! Clients whose identifier is the URL of their metadata document (OAuth Client ID Metadata Document).
//!
//! The suite hosts the documents where the server has [`Fixture::fetcher`](super::Fixture::fetcher); what a URL may lead to, and how
//! large a document may be, the fetcher judges as it does of any. Certificates, addresses and freshness it leaves out, for there is no
//! connection.

use serde_json::{Value, json};

use super::registration::{expect_withheld, tokens, with};
use super::suite::{REDIRECT_URI, Suite, TestClient, pkce, random_id};
use super::{Check, Stop};
use crate::frame::Route;

const ELSEWHERE: &str = "a layer replaces the metadata";
const LENIENT: &str =
    "`validate_client_id` or another hook answers for a client that the framework refused, or a layer does";
const LENIENT_URIS: &str =
    "`validate_redirect_uri` of the validator lets pass what the client's document does not name";

/// A client of the suite's, whose document is hosted.
struct Documented<'a> {
    suite: &'a Suite,
    client: TestClient,
}

impl<'a> Documented<'a> {
    /// A client with the document that `change` makes of one that is right, served with this status.
    fn new(suite: &'a Suite, status: u16, change: impl FnOnce(Value) -> Value) -> Result<Self, Stop> {
        let id = format!("https://client.example/{}.json", random_id("document"));
        let document = json!({
            "client_id": id,
            "client_name": "Conformance",
            "redirect_uris": [REDIRECT_URI],
            "grant_types": ["authorization_code"],
            "token_endpoint_auth_method": "none",
        });
        suite.fixture.host(&id, status, &change(document))?;
        let client = TestClient { id, secret: None, key: None, redirect_uri: REDIRECT_URI };
        suite.adopt(&client);
        Ok(Self { suite, client })
    }

    /// Nobody is sent anywhere by whoever is no client.
    async fn expect_unknown(&self) -> Check {
        self.suite.need_direct_requests()?;
        let (_, challenge) = pkce();
        let params = self.client.authorization(&challenge, "");
        self.suite.authorize(&params).await?.page_without_redirect(LENIENT)
    }
}

pub(super) async fn client_id_metadata_documents_are_advertised_with_the_method_none(suite: &Suite) -> Check {
    let answer = suite.get(suite.path(Route::METADATA)?).await?;
    let told = answer.json(ELSEWHERE)?;
    let flag = told.get("client_id_metadata_document_supported") == Some(&Value::Bool(true));
    answer.expect(flag, "`client_id_metadata_document_supported`, true", ELSEWHERE)?;
    let methods = told.get("token_endpoint_auth_methods_supported").and_then(Value::as_array);
    let has_none = methods.is_some_and(|methods| methods.contains(&json!("none")));
    answer.expect(has_none, "`none` among the methods: else clients register instead", ELSEWHERE)
}

pub(super) async fn a_client_with_a_document_gets_tokens(suite: &Suite) -> Check {
    let client = Documented::new(suite, 200, |document| document)?.client;
    tokens(suite, &client, "").await.map(drop)
}

/// A document speaks for its own URL alone, where somebody could put it.
pub(super) async fn a_document_speaks_for_its_own_url_alone(suite: &Suite) -> Check {
    let other = json!("https://client.example/another.json");
    Documented::new(suite, 200, |document| with(document, "client_id", other))?.expect_unknown().await
}

/// Everybody can read it.
pub(super) async fn a_document_has_no_secret(suite: &Suite) -> Check {
    let secret = json!("everybody-reads-this");
    Documented::new(suite, 200, |document| with(document, "client_secret", secret))?.expect_unknown().await
}

pub(super) async fn a_document_that_is_not_there_is_no_client(suite: &Suite) -> Check {
    for status in [404, 302, 500] {
        Documented::new(suite, status, |document| document)?.expect_unknown().await?;
    }
    Ok(())
}

pub(super) async fn a_document_has_five_kilobytes_at_most(suite: &Suite) -> Check {
    let padding = json!("x".repeat(6 * 1024));
    Documented::new(suite, 200, |document| with(document, "padding", padding))?.expect_unknown().await
}

pub(super) async fn a_redirect_uri_that_is_in_no_document_is_not_redirected_to(suite: &Suite) -> Check {
    let client = Documented::new(suite, 200, |document| document)?.client;
    suite.need_direct_requests()?;
    let (_, challenge) = pkce();
    let mut params = client.authorization(&challenge, "");
    params.retain(|(name, _)| *name != "redirect_uri");
    params.push(("redirect_uri", "https://attacker.example/callback"));
    suite.authorize(&params).await?.page_without_redirect(LENIENT_URIS)
}

pub(super) async fn strangers_with_a_document_get_no_other_scopes_than_were_named(suite: &Suite) -> Check {
    let scope = json!(suite.scope());
    let client = Documented::new(suite, 200, |document| with(document, "scope", scope))?.client;
    expect_withheld(suite, &client).await
}

/// A server that fetches what it is told asks for strangers what only it can reach.
pub(super) async fn what_leads_inside_is_not_fetched(suite: &Suite) -> Check {
    suite.need_direct_requests()?;
    for id in [
        "http://client.example/document.json",
        "https://localhost/document.json",
        "https://127.0.0.1/document.json",
        "https://[::1]/document.json",
        "https://169.254.169.254/latest/meta-data",
        "https://metadata.internal/document.json",
        "https://client.example:99999/document.json",
        "https://user@client.example/document.json",
        "https://client.example/../document.json",
    ] {
        let document = json!({ "client_id": id, "redirect_uris": [REDIRECT_URI] });
        suite.fixture.host(id, 200, &document)?;
        let (_, challenge) = pkce();
        let client = TestClient { id: id.to_owned(), secret: None, key: None, redirect_uri: REDIRECT_URI };
        suite.authorize(&client.authorization(&challenge, "")).await?.page_without_redirect(LENIENT)?;
    }
    Ok(())
}
