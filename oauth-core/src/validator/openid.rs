//! The claims of a person that an OpenID provider tells by itself, OIDC Core §5.4.

use serde_json::{Map, Value};

use crate::claims::{ClaimDestination, Claims, is_told, scopes_and_names};
use crate::error::Result;
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::store::StoreRoles;

/// The default of [`get_userinfo_claims`](super::RequestValidator::get_userinfo_claims).
pub(crate) async fn user_claims<V: StoreRoles>(validator: &V, request: &Request) -> Result<Claims> {
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

/// The claims that are asked for, of what is known of a person: the standard claims of these scopes, and
/// those that are requested by name. What else a user's record holds is the application's own, which a
/// `#[claim]` may tell.
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
