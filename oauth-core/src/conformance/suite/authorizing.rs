//! Authorization requests, and the codes that come of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::{Suite, TestClient, encode, no_usable_method};
use crate::conformance::Stop;
use crate::conformance::answer::Answer;
use crate::conformance::fixture::Decision;
use crate::frame::Route;
use crate::secret::SecretString;

/// A code and what its client needs to redeem it.
#[derive(Debug, Clone)]
pub(in crate::conformance) struct IssuedCode {
    pub(in crate::conformance) code: String,
    pub(in crate::conformance) verifier: String,
    pub(in crate::conformance) redirect_uri: String,
}

impl Suite {
    /// Sends an authorization request, whose answer must not wait for a person.
    pub(in crate::conformance) async fn open(&self, params: &[(&str, &str)]) -> Result<Answer, Stop> {
        self.need_direct_requests()?;
        let path = self.path(Route::AUTHORIZATION)?;
        self.get(&format!("{path}?{}", encode(params.iter().copied()))).await
    }

    /// Has a person approve an authorization request.
    pub(in crate::conformance) async fn authorize(&self, params: &[(&str, &str)]) -> Result<Answer, Stop> {
        self.browse(&encode(params.iter().copied()), Decision::Allow).await
    }

    /// Goes on only where an authorization request need not be pushed.
    pub(in crate::conformance) fn need_direct_requests(&self) -> Result<(), Stop> {
        if !self.report.pushed_requests_are_required {
            return Ok(());
        }
        Err(Stop::NotEnabled("authorization requests that are not pushed".to_owned()))
    }

    /// The query of an authorization request, or where the server demands it (RFC 9126 §5), that of the same one pushed.
    pub(in crate::conformance) async fn pushed_if_required(&self, query: &str) -> Result<String, Stop> {
        if !self.report.pushed_requests_are_required || query.contains("request_uri=") {
            return Ok(query.to_owned());
        }
        let params: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let is_its =
            |client: &&TestClient| params.iter().any(|(name, id)| name == "client_id" && *id == client.id);
        let client = self.clients.lock().iter().find(is_its).cloned();
        let client = client.ok_or_else(no_usable_method)?;
        let form: Vec<_> = params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let form: Vec<_> = form.into_iter().filter(|(name, _)| *name != "client_id").collect();
        let answer = self.post(Route::PUSHED_AUTHORIZATION_REQUEST, &client, &form).await?;
        // What is refused there never reaches the endpoint that the rule is about.
        if answer.status.is_client_error() {
            self.need_direct_requests()?;
        }
        let request_uri = Self::request_uri(&answer)?;
        Ok(encode([("client_id", client.id.as_str()), ("request_uri", request_uri.as_str())]))
    }

    /// The `request_uri` that a client was given.
    pub(in crate::conformance) fn request_uri(answer: &Answer) -> Result<String, Stop> {
        let likely = "a hook of the validator refuses, or the store of pushed requests fails: see the log of `oauth_core`";
        let json = answer.json(likely)?;
        let request_uri = json.get("request_uri").and_then(Value::as_str);
        let is_ours = |uri: &&str| uri.starts_with("urn:ietf:params:oauth:request_uri:");
        let request_uri = request_uri.filter(is_ours).map(str::to_owned);
        request_uri.ok_or_else(|| answer.fail("`request_uri`, a URN (RFC 9126 §2.2)", likely))
    }

    /// A code for every scope.
    pub(in crate::conformance) async fn code(&self, client: &TestClient) -> Result<IssuedCode, Stop> {
        self.code_for(client, &self.scope()).await
    }

    /// A code for these scopes.
    pub(in crate::conformance) async fn code_for(
        &self,
        client: &TestClient,
        scope: &str,
    ) -> Result<IssuedCode, Stop> {
        let (verifier, challenge) = pkce();
        let answer = self.authorize(&client.authorization(&challenge, scope)).await?;
        let mut params = answer.params(client.redirect_uri)?;
        let code = params.remove("code").ok_or_else(|| {
            answer.fail(
                "a code in the redirect",
                "the interaction refuses, or a hook of the validator does: its error is in the redirect",
            )
        })?;
        Ok(IssuedCode { code, verifier, redirect_uri: client.redirect_uri.to_owned() })
    }

    /// Redeems a code.
    pub(in crate::conformance) async fn redeem(
        &self,
        client: &TestClient,
        code: &IssuedCode,
    ) -> Result<Answer, Stop> {
        self.post(Route::TOKEN, client, &code.form()).await
    }
}

impl IssuedCode {
    pub(in crate::conformance) fn form(&self) -> [(&str, &str); 4] {
        [
            ("grant_type", "authorization_code"),
            ("code", &self.code),
            ("redirect_uri", &self.redirect_uri),
            ("code_verifier", &self.verifier),
        ]
    }
}

/// RFC 7636 §4.1, §4.2: a verifier and its challenge.
pub(in crate::conformance) fn pkce() -> (String, String) {
    let verifier = SecretString::random();
    let challenge = URL_SAFE_NO_PAD.encode(verifier.hash().as_bytes());
    (verifier.expose().to_owned(), challenge)
}
