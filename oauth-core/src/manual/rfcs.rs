//! The standards, and the modules that implement them.
//!
//! | standard | module |
//! |---|---|
//! | RFC 6749, the framework | [`endpoint`](crate::endpoint), [`grant`](crate::grant), [`client`](crate::client), [`scope`](mod@crate::scope) |
//! | RFC 6750, bearer tokens | [`token`](crate::token), [`resource`](crate::resource) |
//! | RFC 7009, revocation | `endpoint::revocation`; §3, of tokens that no store keeps, [`JwtProfile::self_contained`](crate::token::JwtProfile::self_contained) |
//! | RFC 7515, 7516, 7517, 7518, 7638, JOSE | [`jose`](crate::jose) |
//! | RFC 7521, 7523, assertions | [`assertion`](crate::assertion), [`client`](crate::client), [`grant`](crate::grant) |
//! | RFC 7591 §2, client metadata | [`client`](crate::client) |
//! | RFC 7591, 7592, OpenID Connect Dynamic Client Registration | `endpoint::registration`, [`RegistrationStore`](crate::store::RegistrationStore), [`RegistrationConfig`](crate::server::RegistrationConfig) |
//! | Client ID Metadata Documents | [`client_id_metadata_documents`](crate::server::ServerConfig::client_id_metadata_documents), `http::Fetcher` |
//! | RFC 7636, PKCE | [`grant::pkce`](crate::grant::pkce) |
//! | RFC 7662, introspection | [`endpoint::introspection`](crate::endpoint::introspection), and for those who ask [`resource`](crate::resource) |
//! | RFC 8176, `amr` values | [`interaction`](crate::interaction) |
//! | RFC 8252, native applications | [`client`](crate::client) |
//! | RFC 8628, device authorization | [`endpoint::device_authorization`](crate::endpoint::device_authorization), [`grant`](crate::grant), [`interaction`](crate::interaction) |
//! | RFC 8707, resource indicators | [`server::Resource`](crate::server::Resource), [`client`](crate::client), [`get_token_resources`](crate::validator::RequestValidator::get_token_resources) |
//! | RFC 8414, metadata | `endpoint::metadata` |
//! | RFC 8693, token exchange; identity assertion grants (ID-JAG) | [`grant::token_exchange`](crate::grant::token_exchange), [`assertion`](crate::assertion) |
//! | RFC 9068, JWT access tokens | [`token`](crate::token), and §4 [`resource`](crate::resource) |
//! | RFC 9126, pushed authorization requests | [`authorization`](crate::authorization), `endpoint::pushed_authorization`, [`server::PushedAuthorizationRequests`](crate::server::PushedAuthorizationRequests), [`store::PushedRequestStore`](crate::store::PushedRequestStore) |
//! | RFC 9207, `iss` | [`authorization`](crate::authorization) |
//! | RFC 9449, DPoP | [`binding`](crate::binding), and §7 [`resource`](crate::resource) |
//! | RFC 9470, step-up authentication | [`scope::StepUp`](crate::scope::StepUp), [`resource`](crate::resource), and at the server [`acr_values`](crate::server::ServerConfig::acr_values) |
//! | FAPI 2.0 Security Profile | [`server::Profile::Fapi2`](crate::server::Profile::Fapi2), and its tests in [`conformance`](mod@crate::conformance) |
//! | OpenID Connect Core | [`openid`](crate::openid), [`authorization`](crate::authorization) |
//! | OpenID Connect Discovery | `endpoint::discovery` |
//! | OpenID Connect RP-Initiated Logout | [`endpoint::end_session`](crate::endpoint::end_session) |
//! | OpenID Connect Back-Channel and Front-Channel Logout, Session Management | [`openid`](crate::openid) |
//! | OAuth 2.0 Multiple Response Types, Form Post Response Mode | [`authorization`](crate::authorization) |
//! | RFC 9728, protected resource metadata | [`resource`](crate::resource) |
//! | RFC 9700, security best practice | [`manual::threats`](crate::manual::threats) |
