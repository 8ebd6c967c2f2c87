//! What clients are told of a person: OIDC Core §5.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{ClaimRequest, ClaimsRequest};
use crate::authorization::AuthorizationRequest;
use crate::claims::{ClaimDeclaration, ClaimDestination, Claims};
use crate::error::Result;
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::validator::RequestValidator;

/// What ID tokens always may have (§2).
pub(crate) const ID_TOKEN_CLAIMS: [&str; 9] =
    ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr"];

/// §5.4: the standard claims (§5.1) that each standard scope asks for.
pub(crate) const STANDARD_CLAIMS: [(&str, &[&str]); 4] = [
    (
        "profile",
        &[
            "name",
            "family_name",
            "given_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "updated_at",
        ],
    ),
    ("email", &["email", "email_verified"]),
    ("address", &["address"]),
    ("phone", &["phone_number", "phone_number_verified"]),
];

/// Each claim that is of a scope, behind the scope: the standard ones, and of those that a validator declares.
fn scopes_and_names(declared: &[ClaimDeclaration]) -> impl Iterator<Item = (&'static str, &'static str)> {
    let standard =
        STANDARD_CLAIMS.iter().flat_map(|(scope, names)| names.iter().map(move |name| (*scope, *name)));
    let declared = declared.iter().filter_map(|declaration| Some((declaration.scope?, declaration.names)));
    standard.chain(declared.flat_map(|(scope, names)| names.iter().map(move |name| (scope, *name))))
}

/// Of what is known of a person, what is asked for: the standard claims of these scopes, and those that are requested by name.
/// What else a user's record holds is the application's own, which a `#[claim]` may tell.
fn claims_for(
    known: &Map<String, Value>,
    scopes: &ScopeSet,
    is_requested: impl Fn(&str, &str) -> bool,
) -> Map<String, Value> {
    scopes_and_names(&[])
        .filter(|(scope, name)| scopes.contains(scope) || is_requested(scope, name))
        .filter_map(|(_, name)| Some((name.to_owned(), known.get(name)?.clone())))
        .filter(|(_, value)| is_told(value))
        .collect()
}

/// §5.3.2: "If a Claim is not returned, that Claim Name SHOULD be omitted from the JSON object representing the Claims; it
/// SHOULD NOT be present with a null or empty string value."
fn is_told(value: &Value) -> bool {
    !value.is_null() && value.as_str() != Some("")
}

/// The default of [`RequestValidator::get_userinfo_claims`].
pub(crate) async fn user_claims<V: RequestValidator>(validator: &V, request: &Request) -> Result<Claims> {
    let Some(subject) = &request.subject else {
        return Ok(Claims::new());
    };
    let Some(user) = validator.find_user(subject).await? else {
        return Ok(Claims::new());
    };
    let requested = request.openid.as_ref().map(|openid| &openid.claims);
    let is_requested = |scope: &str, name: &str| {
        requested.is_some_and(|claims| claims.asks_for(ClaimDestination::Userinfo, name))
            && request.client_may_have(scope)
    };
    let mut claims = Claims::new();
    claims.restore(claims_for(&user.claims, &request.scopes.clone().unwrap_or_default(), is_requested));
    Ok(claims)
}

impl AuthorizationRequest {
    /// What consent is about: the scopes of the request, and those that the client may have and whose claims it asks for by
    /// name (OIDC Core §5.5). A page that asks a person shows these, and the
    /// [`Approval`](crate::interaction::Approval) has those of them that were granted.
    pub fn asked_scopes(&self) -> ScopeSet {
        let requested = &self.openid.claims;
        let by_name = scopes_and_names(self.declared_claims)
            .filter(|(_, name)| {
                requested.asks_for(ClaimDestination::IdToken, name)
                    || requested.asks_for(ClaimDestination::Userinfo, name)
            })
            .map(|(scope, _)| scope);
        self.scopes.clone().union(&ScopeSet::from_static(by_name).intersection(&self.client.scope))
    }

    /// What the `claims` parameter asks for, less the names of scopes that are not granted. §3.1.2.4: "Once the End-User is
    /// authenticated, the Authorization Server MUST obtain an authorization decision before releasing information to the
    /// Relying Party."
    pub(crate) fn granted_claims(&self, granted: &ScopeSet) -> ClaimsRequest {
        let is_granted = |name: &str| {
            scopes_and_names(self.declared_claims)
                .filter(|(_, known)| *known == name)
                .all(|(scope, _)| granted.contains(scope))
        };
        let mut claims = self.openid.claims.clone();
        claims.userinfo.retain(|name, _| is_granted(name));
        claims.id_token.retain(|name, _| is_granted(name));
        claims
    }
}

/// What the userinfo response tells beside `sub`: the hook's claims, and those declared for it.
pub(crate) async fn userinfo_claims<V: RequestValidator>(
    validator: &V,
    request: &mut Request,
) -> Result<Map<String, Value>> {
    let mut claims = Map::from(validator.get_userinfo_claims(request).await?);
    claims.extend(Map::from(validator.declared_claims(ClaimDestination::Userinfo, request).await?));
    claims.retain(|_, value| is_told(value));
    Ok(claims)
}

/// What an ID token tells of the person, beside what the protocol puts there: the claims declared for it, those that the
/// `claims` parameter asks for in it, and where no access token is issued, those of the scopes. §5.4: "The Claims
/// requested by the profile, email, address, and phone scope values are returned from the UserInfo Endpoint […] when a
/// response_type value is used that results in an Access Token being issued. However, when no Access Token is issued (which
/// is the case for the response_type value id_token), the resulting Claims are returned in the ID Token."
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn scopes_and_names_choose_among_standard_claims() {
        let known = json!({
            "name": "Ada", "nickname": "", "locale": null, "email": "a@b.example", "email_verified": true,
            "phone_number": "+1", "secret_note": "x"
        });
        let known = known.as_object().unwrap();
        let told = |scopes, requested: &[&str]| {
            Value::from(claims_for(known, &ScopeSet::parse(scopes).unwrap(), |_, name| {
                requested.contains(&name)
            }))
        };
        assert_eq!(told("openid", &[]), json!({}));
        assert_eq!(told("openid profile", &[]), json!({ "name": "Ada" }));
        assert_eq!(
            told("email phone", &[]),
            json!({ "email": "a@b.example", "email_verified": true, "phone_number": "+1" })
        );
        assert_eq!(told("openid", &["email", "secret_note", "locale"]), json!({ "email": "a@b.example" }));
    }
}
