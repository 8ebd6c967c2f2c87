//! What each RFC demands, section by section, through the server's HTTP interface.

mod cors;
mod oidc_core_flows;
mod oidc_core_keys;
mod oidc_core_requests;
mod oidc_form_post;
mod relying_party;
mod rfc6749_authorization_endpoint;
mod rfc6749_client_authentication;
mod rfc6749_hostile_requests;
mod rfc6749_token_endpoint;
mod rfc7009_revocation;
mod rfc7515_jws;
mod rfc7516_jwe;
mod rfc7517_keys;
mod rfc7591_client_metadata;
mod rfc7523_client_authentication;
mod rfc7636_pkce;
mod rfc7638_thumbprint;
mod rfc7662_introspection;
mod rfc8252_native_apps;
mod rfc8414_metadata;
mod rfc9068_at_jwt;
mod rfc9068_encrypted;
mod rfc9700_attacks;
mod store_failures;
