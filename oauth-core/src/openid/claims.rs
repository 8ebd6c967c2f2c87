//! The claims that clients are told of a person: OIDC Core §5.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::claims::{ClaimDestination, is_told};
use crate::error::Result;
use crate::model::ClaimRequest;
use crate::request::Request;
use crate::validator::RequestValidator;

/// The claims that the userinfo response tells beside `sub`: the hook's claims, and those declared for it.
pub(crate) async fn userinfo_claims<V: RequestValidator>(
    validator: &V,
    request: &mut Request,
) -> Result<Map<String, Value>> {
    let mut claims = Map::from(validator.get_userinfo_claims(request).await?);
    claims.extend(Map::from(validator.declared_claims(ClaimDestination::Userinfo, request).await?));
    claims.retain(|_, value| is_told(value));
    Ok(claims)
}

/// The claims that an ID token tells of the person, beside what the protocol puts there: the claims declared
/// for it, those that the `claims` parameter asks for in it, and where no access token is issued, those of
/// the scopes. §5.4: "The Claims requested by the profile, email, address, and phone scope values are
/// returned from the UserInfo Endpoint […] when a response_type value is used that results in an Access Token
/// being issued. However, when no Access Token is issued (which is the case for the response_type value
/// id_token), the resulting Claims are returned in the ID Token."
///
/// None of them may take the place of one that the protocol sets.
pub(crate) async fn id_token_claims<V: RequestValidator>(
    validator: &V,
    request: &mut Request,
    is_access_token_issued: bool,
) -> Result<Map<String, Value>> {
    let requested = request.openid.as_ref().map(|openid| openid.claims.id_token.clone()).unwrap_or_default();
    let mut claims = if is_access_token_issued && requested.is_empty() {
        Map::new()
    } else {
        as_if_for_userinfo(validator, request, &requested).await?
    };
    if is_access_token_issued {
        claims.retain(|name, _| requested.contains_key(name));
    }
    claims.extend(Map::from(validator.declared_claims(ClaimDestination::IdToken, request).await?));
    claims.retain(|_, value| is_told(value));
    Ok(claims)
}

/// The hook's claims as if the `claims` parameter had asked for these at the userinfo endpoint.
async fn as_if_for_userinfo<V: RequestValidator>(
    validator: &V,
    request: &mut Request,
    requested: &BTreeMap<String, ClaimRequest>,
) -> Result<Map<String, Value>> {
    let context = request.openid.clone();
    let mut asking = context.clone().unwrap_or_default();
    asking.claims.userinfo.clone_from(requested);
    request.validated.openid = Some(asking);
    let claims = validator.get_userinfo_claims(request).await;
    request.validated.openid = context;
    claims.map(Map::from)
}
