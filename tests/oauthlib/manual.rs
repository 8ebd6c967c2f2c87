//! The manual's chapter on moving from oauthlib names what exists.

use oauth_core::prelude::*;

use crate::support::Accounts;

const CHAPTER: &str = include_str!("../../oauth-core/src/manual/oauthlib.rs");

/// Checks while it compiles that a validator has these methods, and returns their names.
macro_rules! methods {
    ($($name:ident)*) => {{
        $(let _ = <Accounts as RequestValidator>::$name;)*
        [$(stringify!($name)),*]
    }};
}

/// The first two cells of the rows between two headings: oauthlib's name, and ours.
fn rows(from: &str, to: &str) -> Vec<(&'static str, &'static str)> {
    let (_, rest) = CHAPTER.split_once(from).expect("the chapter has this heading");
    let (table, _) = rest.split_once(to).expect("the chapter has the next heading");
    let row = |line: &'static str| {
        let mut cells = line.strip_prefix("//! | `")?.split(" | ");
        let theirs = cells.next()?.strip_suffix('`')?;
        let (_, link) =
            cells.next()?.rsplit_once("](crate::validator::RequestValidator::").expect("a link to a method");
        Some((theirs, link.strip_suffix(')')?))
    };
    table.lines().filter_map(row).collect()
}

#[test]
fn every_method_of_oauthlib_has_its_row() {
    let ours = methods!(
        client_authentication_required authenticate_client validate_client_id validate_grant_type
        validate_response_type is_origin_allowed validate_redirect_uri get_default_redirect_uri validate_scopes
        get_default_scopes is_within_original_scope save_authorization_code peek_authorization_code redeem_authorization_code is_pkce_required
        save_bearer_token validate_bearer_token validate_refresh_token rotate_refresh_token revoke_token
        introspect_token validate_user generate_access_token finalize_id_token validate_silent_authorization
        validate_silent_login validate_user_match get_userinfo_claims refresh_id_token
    );
    let oauth = rows("# The validator: OAuth 2.0", "# The validator: OpenID Connect");
    let openid = rows("# The validator: OpenID Connect", "# The preconfigured servers");
    assert_eq!((oauth.len(), openid.len()), (28, 12), "oauthlib has so many");
    for (theirs, here) in oauth.iter().chain(&openid) {
        assert!(ours.contains(here), "{theirs}: there is no {here}");
    }
    for name in ours {
        assert!(
            oauth.iter().chain(&openid).any(|(_, here)| *here == name),
            "{name} is missing from the chapter"
        );
    }
    for (theirs, here) in oauth.iter().chain(&openid) {
        assert!(theirs == here || !ours.contains(theirs), "{theirs} still exists: its row should say so");
    }
}
