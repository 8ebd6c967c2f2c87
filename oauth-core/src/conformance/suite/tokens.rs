//! The tokens that the token endpoint gave.

use serde_json::{Map, Value};

use super::{Suite, TestClient};
use crate::conformance::Stop;
use crate::conformance::answer::Answer;
use crate::frame::Route;
use crate::server::Feature;

/// The tokens that the token endpoint gave.
#[derive(Debug)]
pub(in crate::conformance) struct Tokens {
    pub(in crate::conformance) access_token: String,
    pub(in crate::conformance) refresh_token: Option<String>,
    pub(in crate::conformance) response: Map<String, Value>,
    pub(in crate::conformance) answer: Answer,
}

impl Suite {
    /// The tokens that a person lets this client have.
    pub(in crate::conformance) async fn tokens(&self, client: &TestClient) -> Result<Tokens, Stop> {
        self.tokens_for(client, &self.scope()).await
    }

    /// The tokens for these scopes.
    pub(in crate::conformance) async fn tokens_for(
        &self,
        client: &TestClient,
        scope: &str,
    ) -> Result<Tokens, Stop> {
        let code = self.code_for(client, scope).await?;
        Tokens::of(self.redeem(client, &code).await?)
    }

    /// Uses a refresh token.
    pub(in crate::conformance) async fn refresh(
        &self,
        client: &TestClient,
        refresh_token: &str,
    ) -> Result<Answer, Stop> {
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
        self.post(Route::TOKEN, client, &form).await
    }

    /// An access token of a confidential client, by whichever grant there is.
    pub(in crate::conformance) async fn any_tokens(&self, client: &TestClient) -> Result<Tokens, Stop> {
        if self.need(Feature::ClientCredentials).is_ok() {
            let form = [("grant_type", "client_credentials")];
            return Tokens::of(self.post(Route::TOKEN, client, &form).await?);
        }
        self.need(Feature::AuthorizationCode)?;
        self.tokens(client).await
    }

    /// Tells whether introspection says that a token is active, with the answer that says so.
    pub(in crate::conformance) async fn is_active(
        &self,
        client: &TestClient,
        token: &str,
    ) -> Result<(bool, Answer), Stop> {
        let answer = self.post(Route::INTROSPECTION, client, &[("token", token)]).await?;
        let json = answer.success("introspection does not work for a confidential client")?;
        Ok((json.get("active") == Some(&Value::Bool(true)), answer))
    }
}

impl Tokens {
    /// The tokens of a token response.
    pub(in crate::conformance) fn of(answer: Answer) -> Result<Self, Stop> {
        let response = answer.success(
            "a hook of the validator refuses, the generator of tokens fails, or a store does: see the log of `oauth_core`",
        )?;
        let text = |name| response.get(name).and_then(Value::as_str).map(str::to_owned);
        let access_token = text("access_token").filter(|token| !token.is_empty()).ok_or_else(|| {
            answer.fail("an access_token (RFC 6749 §5.1)", "the generator of access tokens makes empty ones")
        })?;
        Ok(Self { access_token, refresh_token: text("refresh_token"), response, answer })
    }

    /// The refresh token, which must be there.
    pub(in crate::conformance) fn refresh_token(&self) -> Result<&str, Stop> {
        self.refresh_token.as_deref().ok_or_else(|| {
            self.answer.fail(
                "a refresh_token: the server has the grant, and so has the client",
                "the validator hides the grant from its clients, or the generator of refresh tokens is missing",
            )
        })
    }
}
