//! What the clients of the suite send.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName};
use http::{Method, Request};

use super::{ASSERTION_TYPE, Suite, TestClient, assertion_claims, sign};
use crate::client::ClientAuthMethod;
use crate::conformance::answer::{Answer, shown};
use crate::conformance::prover::{prove, with_proof};
use crate::conformance::{Failure, Stop};
use crate::frame::Route;

pub(in crate::conformance) const FORM: &str = "application/x-www-form-urlencoded";

impl Suite {
    /// Sends a request as it is.
    pub(in crate::conformance) async fn send(&self, request: Request<Bytes>) -> Answer {
        let sent = shown(&request);
        Answer::of(sent, self.target.respond(request).await).await
    }

    /// Sends any request.
    pub(in crate::conformance) async fn request(
        &self,
        method: Method,
        path: &str,
        headers: &[(HeaderName, &str)],
        body: &str,
    ) -> Result<Answer, Stop> {
        Ok(self.send(request(method, path, headers, body)?).await)
    }

    pub(in crate::conformance) async fn get(&self, path: &str) -> Result<Answer, Stop> {
        self.request(Method::GET, path, &[], "").await
    }

    /// POSTs a form as this client.
    pub(in crate::conformance) async fn post(
        &self,
        route: Route,
        client: &TestClient,
        form: &[(&str, &str)],
    ) -> Result<Answer, Stop> {
        Ok(self.send(self.form(route, client, form).await?).await)
    }

    /// A form from this client, with a proof of its key where the token endpoint demands one.
    pub(in crate::conformance) async fn form(
        &self,
        route: Route,
        client: &TestClient,
        form: &[(&str, &str)],
    ) -> Result<Request<Bytes>, Stop> {
        if route == Route::TOKEN && self.binds_every_token() {
            let proof = self.prover.proof(self, None).await?;
            return with_proof(self, client, form, &proof).await;
        }
        self.form_without_proof(route, client, form).await
    }

    /// A request for a resource with this access token, by its own scheme.
    pub(in crate::conformance) async fn present(
        &self,
        method: Method,
        path: &str,
        token: &str,
    ) -> Result<Answer, Stop> {
        if !self.binds_every_token() {
            let authorization = format!("Bearer {token}");
            return self.request(method, path, &[(AUTHORIZATION, &authorization)], "").await;
        }
        let proof = self.prover.with_token(self, method.as_str(), path, token).await?;
        let authorization = format!("DPoP {token}");
        let mut request = request(method, path, &[(AUTHORIZATION, &authorization)], "")?;
        prove(&mut request, &proof)?;
        Ok(self.send(request).await)
    }

    /// A form from this client, as it is.
    pub(in crate::conformance) async fn form_without_proof(
        &self,
        route: Route,
        client: &TestClient,
        form: &[(&str, &str)],
    ) -> Result<Request<Bytes>, Stop> {
        let mut form = form.to_vec();
        let mut headers = vec![(CONTENT_TYPE, FORM)];
        let (authorization, assertion);
        if let Some(secret) = &client.secret {
            if self.offers(ClientAuthMethod::ClientSecretBasic) {
                authorization = basic(&client.id, secret);
                headers.push((AUTHORIZATION, authorization.as_str()));
            } else {
                form.extend([("client_id", client.id.as_str()), ("client_secret", secret)]);
            }
        } else if let Some(key) = &client.key {
            assertion = sign(key, &assertion_claims(self, &client.id)).await?;
            form.extend([("client_assertion_type", ASSERTION_TYPE), ("client_assertion", &assertion)]);
        } else {
            form.push(("client_id", &client.id));
        }
        request(Method::POST, self.path(route)?, &headers, &encode(form))
    }
}

/// Any request.
pub(in crate::conformance) fn request(
    method: Method,
    path: &str,
    headers: &[(HeaderName, &str)],
    body: &str,
) -> Result<Request<Bytes>, Stop> {
    let is_post = method == Method::POST;
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    if is_post && headers.iter().all(|(name, _)| *name != CONTENT_TYPE) {
        request = request.header(CONTENT_TYPE, FORM);
    }
    let made = request.body(Bytes::copy_from_slice(body.as_bytes()));
    made.map_err(|cause| Failure::setup(format!("{path} is no request: {cause}")).into())
}

/// A form or a query.
pub(in crate::conformance) fn encode<'a>(params: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish()
}

/// RFC 6749 §2.3.1.
pub(in crate::conformance) fn basic(id: &str, secret: &str) -> String {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret))))
}
