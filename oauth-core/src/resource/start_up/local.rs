//! The checks of a resource beside its server.

use oauth_rules::list;
use oauth_rules::resource::rfc9700_section_2_3_a_server_issues_tokens_for_the_resource_beside_it;

use crate::claims::is_made_for_access_tokens;
use crate::client::GrantType;
use crate::frame::{AuthorizationServer, GrantSet as _, RunningServer};
use crate::server::asking::{has_endpoints_from_outside, has_grants_of_its_own};
use crate::token::TokenGenerator as _;
use crate::validator::RequestValidator;

/// RFC 9700 §2.3: "the authorization server associates the access token with certain resource servers", of which this is none. Resources
/// that are data may be others tomorrow, and code of the application's own may say `aud`: then nothing is judged.
pub(in super::super) fn is_no_audience<S: AuthorizationServer>(
    server: &RunningServer<S>,
    audience: &str,
) -> Option<String> {
    let config = server.config();
    let is_unknown = S::Validator::SETS_CLAIMS
        || has_grants_of_its_own::<S>()
        || is_made_for_access_tokens("aud", S::Validator::CLAIMS)
        // RFC 8693 §2.1: clients ask by `audience`.
        || S::Grants::has_grant_type(&GrantType::TOKEN_EXCHANGE)
        || server.has_resources_that_are_data()
        || has_endpoints_from_outside(server.server(), server.endpoints())
        // Whatever authenticates clients, or binds tokens, is given the request.
        || !server.client_authentication().is_empty()
        || server.bindings().iter().any(|binding| binding.scheme() != "DPoP");
    if is_unknown {
        return None;
    }
    let of_tokens = server.server().access_tokens().audience().unwrap_or(server.issuer());
    let of_hooks = Some(server.issuer()).filter(|_| S::Validator::GENERATES_ACCESS_TOKENS);
    let resources = config.resources.iter().map(|resource| resource.uri);
    let all: Vec<_> = std::iter::once(of_tokens).chain(of_hooks).chain(resources).collect();
    (!all.contains(&audience)).then(|| {
        rfc9700_section_2_3_a_server_issues_tokens_for_the_resource_beside_it
            .says(&[&audience.escape_debug(), &list::words(all)])
    })
}
