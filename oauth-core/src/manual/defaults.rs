//! Every default, and where to change it.
//!
//! | what | default | where |
//! |---|---|---|
//! | access token format | opaque | `#[access_token]` field |
//! | random bits of an opaque token | 256 | `entropy = …` of `#[token_generator(opaque)]`, 128 at least |
//! | tokens that an application makes itself | 22 characters at least, which 128 random bits are, and none that the store keeps already; else `server_error` | [`generate_access_token`](crate::validator::RequestValidator::generate_access_token), [`Tokens::custom`](crate::token::Tokens::custom) |
//! | prefix of an opaque token | none | `prefix = "…"`; a checksum ends the token then |
//! | signature algorithm of access tokens | that of the active key | `algorithm = "…"` makes another key an error |
//! | encryption of access tokens | none; of a `jwe` the key's own algorithm, with `A256GCM` | `alg = "…"`, `enc = "…"` |
//! | access token lifetime | 1 hour | `expires_in = "…"` of `#[token_generator]`, or [`BearerToken::expires_in`](crate::token::BearerToken::expires_in) |
//! | where access tokens are kept | in the store of the role `tokens`, by their hashes | `self_contained` of `#[token_generator(jwt)]`: nowhere, see [`JwtProfile::self_contained`](crate::token::JwtProfile::self_contained) |
//! | self-contained tokens whose signature endpoints do not verify again | 10,000, until `exp` or until there are other keys; none of over 4,096 characters | `self_contained` |
//! | keys of DPoP proofs that are not read again | 10,000, for an hour each; none in a header of over 1,024 characters | `dpop` |
//! | authorization code lifetime | 60 seconds | `code_lifetime = "…"` |
//! | device code lifetime | 10 minutes | `device_code_lifetime = "…"` |
//! | device polling interval | 5 seconds, 5 more after each `slow_down` | `device_polling_interval = "…"` |
//! | refresh token lifetime | 30 days, anew with each rotation; of an OpenID login without `offline_access`, as long as its session at the most | `refresh_token_lifetime = "…"` |
//! | refreshes, of one authorization | for 365 days; ten at once and then one a second, at each instance | [`refresh_token_max_lifetime`](crate::server::ServerConfig::refresh_token_max_lifetime) |
//! | refresh token rotation | always | [`rotate_refresh_token`](crate::validator::RequestValidator::rotate_refresh_token), for confidential clients |
//! | grace for a lost refresh response | 10 seconds | `refresh_token_grace = "…"` |
//! | ID token lifetime | 10 minutes | `id_token_lifetime = "…"` |
//! | ID token algorithm | RS256 | `id_token_signed_response_alg` of the [`Client`](crate::client::Client), with a key in [`IdTokenKeys`](crate::openid::IdTokenKeys) |
//! | response types | all that the grants make up, without `none` | `response_types(…)`, and those of the [`Client`](crate::client::Client) |
//! | response mode | the query, or the fragment if there is a token | the request's `response_mode` |
//! | profile | OAuth 2.1; `"fapi2"` has other defaults where they differ from these: see [`Profile::Fapi2`](crate::server::Profile::Fapi2) | `profile = "…"` |
//! | pushed authorization requests | none; then loaded within 60 seconds, and answered within 15 minutes more | `pushed_authorization_requests(…)`, `require_pushed_authorization_requests` of the [`Client`](crate::client::Client) |
//! | classes of logins (`acr`) that clients can ask for | none: `acr_values` is a wish, and `max_age` is kept | `acr_values(…)` |
//! | class (`acr`) of a login at the built-in pages | none | [`LoginPages::acr`](crate::interaction::LoginPages::acr) |
//! | second step of a login at the built-in pages | none; then within 5 minutes, with 5 codes | [`is_otp_required`](crate::validator::RequestValidator::is_otp_required), [`validate_otp`](crate::validator::RequestValidator::validate_otp) |
//! | PKCE | required, `S256` | `danger_pkce_optional` |
//! | tokens bound to keys of clients (DPoP) | none; with `dpop` those whose request has a proof | `dpop`, `dpop_bound_access_tokens` of the [`Client`](crate::client::Client) |
//! | nonces of proofs | where the clock of a proof is off by more than 5 minutes | `dpop(nonces = "…")` |
//! | key of nonces | random, of the process; a nonce passes for 3 to 4 minutes | `#[dpop_nonce_key]`, [`StoredKeys::nonce_key`](crate::keys::StoredKeys::nonce_key), which rotates |
//! | keys that instances share | signing for 90 days, published 24 hours before and 30 days after; read once a minute | [`KeyPolicy`](crate::keys::KeyPolicy) |
//! | client authentication | by the method that the client registered; offered are all that the validator can check | [`Client`](crate::client::Client), `token_endpoint_auth_methods(…)` |
//! | clients that come by themselves | none | `client_id_metadata_documents`, `registration(…)` |
//! | scopes of such a client | those that the server must name; with an initial access token, all of the server's where it names none | `unverified_scopes(…)` |
//! | the same, where it registered or documents a `scope` | those of the server, for its next request may want more; with an initial access token those that it named | [`validate_scopes`](crate::validator::RequestValidator::validate_scopes) |
//! | the same, registered before the server named fewer | those that it names now; with an initial access token those that it registered | `unverified_scopes(…)` |
//! | grants of such a client | `authorization_code`, `refresh_token`; with an initial access token `client_credentials`, too | [`validate_grant_type`](crate::validator::RequestValidator::validate_grant_type) |
//! | registered clients that get no token | forgotten after 24 hours | `registration(unused_lifetime = "…")` |
//! | the same after their last token | 90 days | `registration(idle_lifetime = "…")` |
//! | events | a line each in the log | [`Environment::observer`](crate::server::Environment::observer) |
//! | the name of a process in its events | 8 random characters | [`Environment::instance`](crate::server::Environment::instance) |
//! | events in an audit table | none; then kept for 400 days, 8 192 waiting at most | [`Environment::audit`](crate::server::Environment::audit), [`AuditTable`](crate::store::AuditTable) |
//! | registered clients | 10 000 at most | [`RegistrationConfig::most`](crate::server::RegistrationConfig::most) |
//! | documents of clients, keys of `jwks_uri` | at most 5 KiB and 64 KiB, within 2.5 seconds; kept as their server says, from 30 seconds to 24 hours, else 5 minutes; 100 of each | `#[fetcher]`, [`allow_fetch`](crate::validator::RequestValidator::allow_fetch) |
//! | origins that browsers may call from | those that clients registered | `allowed_origins(…)`, [`is_origin_allowed`](crate::validator::RequestValidator::is_origin_allowed) |
//! | scopes of a request without any | `default_scopes(…)` that the client may have, or else all of the client's | [`get_default_scopes`](crate::validator::RequestValidator::get_default_scopes) |
//! | scopes and resources that are data | none | [`Environment::scopes`](crate::server::Environment::scopes), [`Environment::resources`](crate::server::Environment::resources) |
//! | request body | at most 64 KiB (1 KiB to 16 MiB can be set), within 30 seconds | `body_limit = …`, [`Environment::body_timeout`](crate::server::Environment::body_timeout) |
//! | guesses and floods | [limited](crate::limits) by name and address, guesses by all instances together | [`get_login_key`](crate::validator::RequestValidator::get_login_key) |
//! | address of a request | the peer's, unless that is local | [`PeerAddress`](crate::limits::PeerAddress), [`Environment::trusted_proxies`](crate::server::Environment::trusted_proxies) |
//! | device codes of a client that are pending | 10 000 | [`Environment::pending_device_codes`](crate::server::Environment::pending_device_codes) |
//! | resources that clients may ask tokens for | none: `resource` is not read | `resources(…)`, and `resources` of the [`Client`](crate::client::Client) |
//! | resources of one token | one | [`get_token_resources`](crate::validator::RequestValidator::get_token_resources) |
//! | `aud` of access tokens, whatever their format | the resource that was asked for, else the claim `aud` of the request, else the generator's `audience = …`, else the issuer | [`TokenGenerator::audience`](crate::token::TokenGenerator::audience) |
//! | what introspection tells | whom `aud` names everything; the token's own client that it is active, until when and for which scopes; others nothing | `introspects` of the [`Client`](crate::client::Client) |
//! | where a `#[claim]` or `#[claims]` goes | access tokens | `to(…)` |
//! | subject identifiers | public | `subject_type` of the [`Client`](crate::client::Client), with a `#[pairwise_key]` |
//! | userinfo responses | JSON | `userinfo_signed_response_alg` of the [`Client`](crate::client::Client) |
//! | back-channel logout | none | `#[back_channel]` |
//! | waiting for clients that are told of a logout | at most 2 seconds | [`BackChannel::patience`](crate::openid::BackChannel::patience) |
//! | telling a client again that did not take it | after 5 and 30 seconds, 2 and 10 minutes, then hourly for a day; 64 at once, 4 of them at one host | - |
//! | background work of an instance | none by itself | [`serve`](crate::serve()), [`RunningServer::maintain`](crate::server::RunningServer::maintain) |
//! | stopping | 5 seconds in which it is not ready, then 25 for requests under way | [`Serve`](crate::serve::Serve) |
//! | paths | `/authorize`, `/token`, `/revoke`, `/introspect`, `/jwks.json`, `/device_authorization`, `/userinfo`, `/end_session`, `/check_session`, `/par` | `endpoints(…)` |
//!
//! Of a protected resource, each a setter of [`ResourceConfig`](crate::resource::ResourceConfig), and but for the first an argument of
//! `#[resource_server]`:
//!
//! | what | default | where |
//! |---|---|---|
//! | audience beside its server | that of the generator, else the issuer | `audience`, `danger_any_audience` |
//! | logins that a handler takes | any, and none | [`StepUp`](crate::scope::StepUp) |
//! | clock leeway | 1 minute, 5 at most | `leeway` |
//! | algorithms | all but HMAC | `algorithms(…)` |
//! | age of keys | 5 minutes, then fetched anew without anyone waiting | `jwks_max_age` |
//! | fetches for an unknown `kid` | one in 10 seconds | `jwks_refresh_interval` |
//! | tokens whose signature is not verified again | 10,000, until `exp` or until the issuer has other keys; none of over 4,096 characters | `verification_cache` |
//! | memory of introspection | 30 seconds, never beyond `exp`; 5 seconds for tokens that are not active; 10,000 tokens of each | `introspection_cache` |
//! | tokens of which introspection tells no `aud` | refused | `danger_absent_audience` |
//! | where a token may be | the `Authorization` header | `body_token`, `danger_query_token` |
//! | tokens that are bound to nothing | taken | `dpop`, [`Bound`](crate::scope::Bound) |
//! | identifiers of proofs | in the process, a million at most; beside its server, where that keeps them | [`Environment::replay_ids`](crate::server::Environment::replay_ids) |
//! | type of signed tokens | `at+jwt` | `danger_typ_jwt` |
//! | realm | the audience | `realm` |
//! | resource identifier | the audience, if it is an https URL | `resource` |
//! | scopes | every `#[scope]` type of the program | `scopes(…)` |
//! | requests to other servers | 10 seconds, 1 MiB, no redirects, https off loopback | [`HttpClient`](crate::http::HttpClient), [`HttpsClient`](crate::http::HttpsClient) |
