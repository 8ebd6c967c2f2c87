//! Each endpoint by itself, for an application that mounts them where and how it likes. The names are oauthlib's.

use std::sync::Arc;

use http::Request;
use http::request::Parts;
use http_body::Body;

use crate::client::{Client, GrantType};
use crate::endpoint::authorization;
use crate::endpoint::authorization::AuthorizationEndpoint;
use crate::endpoint::introspection::IntrospectionEndpoint;
use crate::endpoint::jwks::JwksEndpoint;
use crate::endpoint::metadata::MetadataEndpoint;
use crate::endpoint::revocation::RevocationEndpoint;
use crate::endpoint::token::TokenEndpoint;
use crate::endpoint::userinfo::UserinfoEndpoint;
use crate::frame::{AuthorizationServer, Endpoint, ListedEndpoint, Route, RunningServer, grant_set};
use crate::http::Response;
use crate::interaction::{Decision, Reader, error_page, html};
use crate::issuing::authenticate;
use crate::request::AuthorizationRequest;
use crate::{frame, http as wire};

/// Endpoints without a router: see [`into_service`](super::Start::into_service). Each answers a request whatever its
/// path; that the metadata names the paths at which you mount them is `endpoints(…)`'s business. A preflight of CORS is
/// answered too: mount them for `OPTIONS` as well where browsers call them from other origins.
impl<S: AuthorizationServer> RunningServer<S> {
    /// Validates an authorization request (RFC 6749 §4.1.1), for a page of yours that asks the person for what
    /// [`AuthorizationRequest::asked_scopes`] says. Nothing is issued, and nothing kept: the same request is validated again by
    /// [`create_authorization_response`](Self::create_authorization_response).
    ///
    /// # Errors
    ///
    /// The response to send instead: a redirect with the error, or a page where there is nowhere to redirect to (§4.1.2.1).
    pub async fn validate_authorization_request(
        &self,
        request: &Parts,
    ) -> Result<AuthorizationRequest, Response> {
        authorization::validate(self, request).await.map_err(|mut response| {
            Reader::of(&request.uri, &request.headers).draw(&mut response, || grant_set::look(self.server()));
            response
        })
    }

    /// Answers an authorization request with what you decided about the person (RFC 6749 §4.1.2), whom your application has
    /// logged in already: [`Decision::approve`], [`Decision::Approve`] or [`Decision::Deny`]. The server's own interaction is
    /// not asked.
    ///
    /// The request is the one that came to your endpoint, with the parameters in its query. It may be a link on any site, so an
    /// approval needs the person's consent, or a client of yours that needs none; and a consent must have come from your own
    /// page (§10.12).
    ///
    /// The response is a redirect, also with an error, or a page where there is nowhere to redirect to.
    pub async fn create_authorization_response<B: Body>(
        &self,
        request: Request<B>,
        decision: Decision,
    ) -> Response {
        let reader = Reader::of(request.uri(), request.headers());
        let (mut head, body) = request.into_parts();
        let request = match self.receive(&mut head, body).await {
            Ok(body) => frame::read::<S, AuthorizationEndpoint>(self, head, &body),
            Err(response) => return response,
        };
        let mut response = match request {
            Ok(mut request) => {
                let answer = authorization::answer(self, &mut request, Some(decision)).await;
                answer.unwrap_or_else(|error| error_page(&error))
            }
            Err(response) => response,
        };
        html::protect(&mut response);
        reader.draw(&mut response, || grant_set::look(self.server()));
        response
    }

    /// Answers a token request, RFC 6749 §3.2.
    pub async fn create_token_response<B: Body>(&self, request: Request<B>) -> Response {
        self.respond_at(ListedEndpoint::of::<TokenEndpoint>(), request).await
    }

    /// Answers a revocation request, RFC 7009 §2.
    pub async fn create_revocation_response<B: Body>(&self, request: Request<B>) -> Response {
        self.respond_at(ListedEndpoint::of::<RevocationEndpoint>(), request).await
    }

    /// Answers an introspection request, RFC 7662 §2.
    pub async fn create_introspection_response<B: Body>(&self, request: Request<B>) -> Response {
        self.respond_at(ListedEndpoint::of::<IntrospectionEndpoint>(), request).await
    }

    /// Answers a device authorization request, RFC 8628 §3.1. Without the grant `device_code` it is `unsupported_grant_type`.
    pub async fn create_device_authorization_response<B: Body>(&self, request: Request<B>) -> Response {
        let mut endpoints = self.endpoints().iter().map(|(_, endpoint)| *endpoint);
        match endpoints.find(|endpoint| endpoint.route == Route::DEVICE_AUTHORIZATION) {
            Some(endpoint) => self.respond_at(endpoint, request).await,
            None => wire::token_error(&GrantType::unsupported()),
        }
    }

    /// Answers a userinfo request, OpenID Connect Core §5.3, of an OpenID provider.
    pub async fn create_userinfo_response<B: Body>(&self, request: Request<B>) -> Response {
        self.respond_at(ListedEndpoint::of::<UserinfoEndpoint>(), request).await
    }

    /// Answers a request for the metadata, RFC 8414 §3. It belongs at `/.well-known/oauth-authorization-server`, followed by
    /// the path of the issuer.
    pub async fn create_metadata_response<B: Body>(&self, request: Request<B>) -> Response {
        self.respond_at(ListedEndpoint::of::<MetadataEndpoint>(), request).await
    }

    /// Answers a request for the public keys, RFC 7517 §5. Without any, the set is empty.
    pub async fn create_jwks_response<B: Body>(&self, request: Request<B>) -> Response {
        self.respond_at(ListedEndpoint::of::<JwksEndpoint>(), request).await
    }

    /// Authenticates the client of a request to an endpoint that is yours alone, as the server's own endpoints do (RFC 6749
    /// §2.3): by a method that the server offers, without parameters in the query. The request is a POST of a form. An assertion
    /// is for the issuer or its token endpoint (RFC 7523 §3).
    ///
    /// The request has its [client](crate::request::Validated::client), and its parameters in the
    /// [body](crate::request::Request::body). A public client has only named itself:
    /// [`client_is_authenticated`](crate::request::Request::client_is_authenticated) says which it is.
    ///
    /// # Errors
    ///
    /// The response to send instead (§5.2).
    pub async fn authenticate_client<B: Body>(
        &self,
        request: Request<B>,
    ) -> Result<crate::request::Request, Response> {
        let (mut head, body) = request.into_parts();
        let body = self.receive(&mut head, body).await?;
        let mut request = frame::read::<S, TokenEndpoint>(self, head, &body)?;
        // The path of the application's endpoint is its own, and no audience: what other routers made of it is not known.
        match authenticate(self, &mut request, S::CONFIG.endpoints.token).await {
            Ok(_) => Ok(request),
            Err(error) => Err(TokenEndpoint::refuse(self, &error, Some(&request))),
        }
    }

    /// Authenticates the client of a request to an [`Endpoint`] of yours, as the server's own endpoints do. A public client has
    /// only named itself: [`client_is_authenticated`](crate::request::Request::client_is_authenticated) says which it is.
    ///
    /// # Errors
    ///
    /// `invalid_client`, or `invalid_request` for parameters in the query.
    pub async fn authenticate<E: Endpoint<S>>(
        &self,
        request: &mut crate::request::Request,
    ) -> crate::error::Result<Arc<Client>> {
        authenticate(self, request, E::PATH.unwrap_or(S::CONFIG.endpoints.token)).await
    }

    /// Verifies the access token of a request for a resource (RFC 6750), in the `Authorization` header, that it has these
    /// scopes, and that it is meant for the [generator's](crate::token::TokenGenerator::audience) own audience, or else the
    /// issuer (RFC 9700 §2.3). For another audience there is
    /// [`protected_resource`](RunningServer::protected_resource).
    ///
    /// The record's `subject` is the store's own, and not to be told to a client that knows people by pairwise identifiers
    /// (OIDC Core §8.1).
    ///
    /// # Errors
    ///
    /// The challenge to answer with (§3), whose realm is the issuer.
    #[cfg(feature = "resource")]
    pub async fn verify_request(
        &self,
        request: &Parts,
        scopes: &crate::scope::ScopeSet,
    ) -> Result<crate::store::AccessToken, crate::binding::Challenge> {
        let challenge = || {
            let schemes = crate::binding::schemes(self.bindings());
            crate::binding::Challenge::new(self.issuer()).schemes(schemes).scope(scopes.clone())
        };
        let refused = |error: crate::error::Error| challenge().refused(&error);
        let bearer = self.bearer();
        let request = crate::request::Request::for_resource(request).map_err(refused)?;
        let mut request = request.received_at(self.now());
        let path = request.uri().path().to_owned();
        request.set_url(format!("{}{path}", oauth_rules::url::split_origin(self.issuer()).0));
        if bearer.get_token_from_request(&request).map_err(refused)?.is_none() {
            return Err(challenge());
        }
        let mut answer = bearer.validate_request_scopes(&mut request, scopes).await;
        if answer.is_ok() {
            answer = crate::issuing::claim_replay_ids(self, &mut request).await.and(answer);
        }
        answer.map_err(|error| refused(error).beside(request.take_response_headers()))
    }
}
