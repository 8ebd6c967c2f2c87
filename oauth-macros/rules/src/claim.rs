//! Private claims: their names, and where they are declared.

use alloc::string::String;

use crate::Broken;
use crate::text::is_equal;

rules! { "claims" {
    /// RFC 7519 §4.1 and RFC 9068 §2.2 say what these mean; a resource server that reads them must be able to rely on it.
    ///
    /// - refused: `sub: String,`
    /// - accepted: `#[claim("https://example.com/roles")]`
    both rfc7519_section_4_1_registered_claims_are_the_frameworks = "is set by the framework ({}): choose another name";
    /// Nobody could ask for it.
    ///
    /// - refused: `#[claim("")]`
    /// - accepted: `#[claim("region")]`
    error a_claim_can_be_asked_for_by_its_name = "has no name";
    /// Two names that look the same are the same.
    ///
    /// - refused: `#[claim("two words")]`
    /// - accepted: `#[claim("https://example.com/since")]`
    error a_claim_name_has_no_blanks = "has the character {}: a claim name has no blanks and no control characters";
    /// RFC 7519 §4: "The Claim Names within a JWT Claims Set MUST be unique".
    ///
    /// - refused: `fn repeated(`
    /// - accepted: `#[claim("client")]`
    both rfc7519_section_4_a_claim_is_declared_once = "the claim `{}` is declared twice: keep one";
    /// RFC 7519 §4: "The Claim Names within a JWT Claims Set MUST be unique".
    ///
    /// - refused: `claims(tier = 3, plan = "gold"))] struct Fixed`
    /// - accepted: `claims(tier = 3, plan = "gold"`
    both rfc7519_section_4_a_claim_is_static_or_made_for_each_request = "the claim `{}` is static in the token generator, and the validator makes it for each request besides, so that one value would replace the other (RFC 7519 §4): remove it from `claims(…)`, and return that value from the method where it has no other; or remove the `#[claim]` method";
    /// RFC 9068 §2.2 and OpenID Connect Core §2: what is said of one login, one person or one client is not true of every token.
    ///
    /// - refused: `amr = ["mfa"]`
    /// - accepted: `claims(tier = 3, plan = "gold"`
    both a_static_claim_is_true_of_every_token = "is not the same in every token";
    /// OIDC Core §2: what the protocol itself says of an authentication.
    ///
    /// - refused: `"nonce"`
    /// - accepted: `#[claim("region")]`
    both oidc_core_section_2_a_method_declares_no_claim_of_the_protocol = "the claim `{}` is set by the framework in ID tokens and userinfo responses (OpenID Connect Core §2): choose another name, or `to(access_token)`";
    /// A claim whose scope can never be granted is never set.
    ///
    /// - refused: `#[claims(scope = "profile")]`
    /// - accepted: `scope = "calendar.read"`
    both a_claim_has_a_scope_that_the_server_declares = "the claim `{}` of the validator is tied to the scope `{}`, which this server does not declare: add it to `scopes(…)`, or correct the claim";
    /// OIDC Core §5.3 and §2: who issues no ID tokens has no userinfo endpoint either.
    ///
    /// - refused: `#[claims(to(userinfo))]`
    /// - accepted: `#[claim(`
    both oidc_core_section_3_1_2_1_a_claim_for_clients_has_an_openid_provider = "the claim `{}` of the validator goes to ID tokens or userinfo responses alone, and this server has neither: add \"openid\" to `scopes(…)` (OpenID Connect Core §3.1.2.1), or let the claim go to `access_token`";
    /// OpenID Connect Core §5.4: clients "use scope values […] to specify what access privileges are being requested", and people
    /// allow those.
    ///
    /// - refused: `#[claim("email", to(userinfo))]`
    /// - accepted: `#[claim("email", scope = "email", to(userinfo))]`
    warn oidc_core_section_5_4_a_claim_of_a_person_has_its_scope = "the claim `{}` goes to every client that people log in to, whether they asked for it or not: clients ask by the scope `{}` (OpenID Connect Core §5.4)\nwrite `scope = \"{}\"`; if every client is to have it, name that decision: `scope = \"openid\"`";
    /// - refused: `enum Plan {`
    /// - accepted: `struct Tenancy {`
    error a_set_of_claims_is_a_struct = "`#[derive(Claims)]` is for a struct, whose fields are the claims, not for {}\nas the value of one claim, it derives `serde::Serialize` and `serde::Deserialize`";
    /// - refused: `struct Nameless(String, Vec<String>);`
    /// - accepted: `tenant: String,`
    error rfc7519_section_4_each_field_names_its_claim = "a claim has a name (RFC 7519 §4), and these fields have none: write `struct {} { tenant: String }`";
    /// - refused: `struct Empty {}`
    /// - accepted: `_: Bearer<(), ()>`
    error a_set_of_claims_is_not_empty = "`{}` has no fields, so that it would say nothing: add one, such as `tenant: String`";
    /// - refused: `struct Borrowing<'a> {`
    /// - accepted: `pub struct Profile<T>`
    error claims_outlive_the_request_that_they_are_read_from = "claims are made anew from each token and cannot borrow: own the value, as in `String`";
    /// - refused: `#[claim("tenant")]`
    /// - accepted: `roles: Vec<String>,`
    error rfc7519_section_4_the_claims_of_a_struct_have_different_names = "the claim `{}` is that of the field `{}` already, and a name is unique (RFC 7519 §4): choose another";
    /// - refused: `#[claim("four")]`
    /// - accepted: `r#type: u8,`
    error a_field_has_one_claim = "the claim of this field is named twice: keep one `#[claim(…)]`";
    /// - refused: `#[claim(roles)]`
    /// - accepted: `#[claim("https://example.com/roles")]`
    error the_name_of_a_claim_is_a_string = "the name is a string: write `#[claim(\"{}\")]`";
    /// - refused: `#[claim("five", scope = "profile"`
    /// - accepted: `#[claims(scope = "calendar.read", to(access_token))]`
    error the_server_decides_about_scopes_and_destinations = "`{}` belongs to the method that returns the struct: write `#[claims({})]` there, in the `#[validator] impl`";
    /// - refused: `written: WriteOnly,`
    /// - accepted: `plan: Option<Plan>,`
    error the_type_of_a_field_is_json_on_both_sides = "`{}` cannot be the value of a claim";
    /// - refused: `Bearer<(), Underived>`
    /// - accepted: `Bearer<CalendarRead, Tenancy>`
    error rfc6750_section_3_1_a_handler_asks_for_a_struct_of_claims = "`{}` is not a struct of private claims";
    /// - refused: `fn nameless(`
    /// - accepted: `#[claim("region")]`
    error rfc7519_section_4_a_declared_claim_has_a_name = "a claim has a name: write `#[claim(\"tenant\")]` or `#[claim(\"tenant\", scope = \"profile\")]`";
    /// - refused: `-> SecretString`
    /// - accepted: `fn tenant(`
    error the_value_of_a_claim_is_json = "`{}` cannot be the value of a claim";
    /// - refused: `#[claims("tenant")]`
    /// - accepted: `async fn tenancy(`
    error a_struct_names_its_claims_itself = "`#[claims]` takes no name: one claim is `#[claim(\"{}\")]`; `#[claims]` is for a method that returns a struct, whose fields name its claims";
    /// - refused: `-> impl Future<`
    /// - accepted: `-> Result<Option<Seats>>`
    error the_type_of_a_struct_of_claims_is_written_out = "the names of the claims are read from the type that the method returns: write `async fn {}(…) -> Result<Tenancy>`";
    /// - refused: `fn text(`
    /// - accepted: `-> Option<Profile<String>>`
    error a_method_of_claims_returns_a_struct_of_them = "`{}` has no private claims";
    /// - refused: `user_info`
    /// - accepted: `to(access_token)`
    error a_claim_goes_to_a_known_destination = "a claim cannot go to `{}`{}\nit goes to {}";
    /// - refused: `to()`
    /// - accepted: `to(access_token)`
    error a_claim_goes_somewhere = "`to()` is empty, so no one would see the claim: it goes to {}";
    /// - refused: `fn authentication(`
    /// - accepted: `async fn tenancy(`
    error oidc_core_section_2_a_struct_declares_no_claim_of_the_protocol = "the claim `{}` is set by the framework in ID tokens and userinfo responses (OpenID Connect Core §2): rename the field by `#[claim(\"…\")]`, or write `to(access_token)`";
    /// - refused: `&["since", "exp"]`
    /// - accepted: `fn seats(`
    error rfc7519_section_4_1_a_struct_by_hand_declares_no_registered_claim = "the claim `{}` is set by the framework (RFC 7519 §4.1): choose another name in `PrivateClaims::NAMES`";
    /// - refused: `#[claim("roles")]`
    /// - accepted: `async fn tenancy(`
    error rfc7519_section_4_methods_and_structs_declare_different_claims = "the claim `{}` is declared twice by this validator, so that one value would replace the other (RFC 7519 §4): remove the `#[claim]` method of that name, or rename the field by `#[claim(\"…\")]`";
    /// - refused: `Bearer<AnyOf<(CalendarWrite, CalendarShare)>>`
    /// - accepted: `Option<Bearer<AnyOf<(CalendarShare, CalendarRead)>, Tenancy>>`
    error rfc6749_section_3_3_a_handler_asks_for_scopes_that_its_server_declares = "a handler asks for the scope `{}`, and its server declares neither it nor an alternative, so that no token could open the handler (RFC 6749 §3.3): add the scope to `scopes(…)` of the `#[resource_server]`, or of the `#[authorization_server]` where both are one program";
    /// RFC 6749 §3.3: what a person allowed is what the server's words said.
    ///
    /// - refused: `#[scope("calendar.read", "Read and delete your calendar")]`
    /// - accepted: `Option<Bearer<AnyOf<(CalendarShare, CalendarRead)>, Tenancy>>`
    error rfc6749_section_3_3_a_handler_means_what_people_allowed = "a handler asks for the scope `{}` of a type that says \"{}\", and its server tells people \"{}\", who would have allowed something else (RFC 6749 §3.3): declare that type in `scopes(…)`, or give one of them a scope of its own";
    /// A token without it is refused, and every token is one. Where a store or code of your own fills it in, the API says so by
    /// `ResourceConfig::own_tokens`.
    ///
    /// - refused: `async fn of_a_tenant(_: Bearer<(), Tenancy>)`
    /// - accepted: `own_tokens()`
    error a_handler_asks_for_claims_that_its_server_issues = "a handler asks for the claim `{}`, which nothing at its server issues, so that no token could open the handler: declare it in the `#[validator] impl`, by `#[claims]` above a method that returns the struct or by `#[claim(\"{}\")]`, or ask for an `Option` of the struct; where your store or code of your own fills it in, write `.own_tokens()` behind the `ResourceConfig` of the API, which makes a `Local<…>` that you wrote a `Local<…, OwnTokens>`";
    /// A field that serde would leave out of JSON, such as the hash of a password, would be in every access
    /// token.
    ///
    /// - refused: `#[serde(skip)]`
    /// - accepted: `#[serde(default, skip_serializing_if = "Option::is_none")]`
    error serde_is_not_told_to_leave_a_claim_out = "`#[derive(Claims)]` does not ask serde for `{}`: {}";
    /// RFC 7519 §4: a claims set is a flat object, whose members the fields name.
    ///
    /// - refused: `#[serde(tag = "kind")]`
    /// - accepted: `#[serde(rename_all = "camelCase", deny_unknown_fields)]`
    error rfc7519_section_4_serde_is_not_told_what_the_claims_are = "`#[derive(Claims)]` does not ask serde for `{}`: {}";
} }

/// Claims that only the framework sets: RFC 7519 §4.1, RFC 9068 §2.2, and the members of RFC 7662 §2.2 that a claim must not
/// contradict.
pub const RESERVED: &[&str] = &[
    "iss",
    "sub",
    "exp",
    "nbf",
    "iat",
    "jti",
    "client_id",
    "scope",
    "active",
    "token_type",
    "auth_time",
    "acr",
    "cnf",
    "act",
    OF_ITS_SERVER,
];

/// The claim of a self-contained access token that is for its server alone.
pub const OF_ITS_SERVER: &str = "oauth_core";

/// Claims that the protocol itself puts into ID tokens (OIDC Core §2, §3.1.3.6, §3.3.2.11; Front-Channel Logout §3).
pub const OF_ID_TOKENS: &[&str] = &["aud", "nonce", "amr", "azp", "at_hash", "c_hash", "s_hash", "sid"];

/// The standard claims (OpenID Connect Core §5.1) that each standard scope asks for (§5.4).
pub const STANDARD: [(&str, &[&str]); 4] = [
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

/// The words about a claim that goes to clients without a scope, if there is one that asks for it.
pub fn lacks_scope(name: &str) -> Option<String> {
    let (scope, _) = STANDARD.iter().find(|(_, names)| names.contains(&name))?;
    Some(oidc_core_section_5_4_a_claim_of_a_person_has_its_scope.says(&[&name, scope, scope]))
}

/// Judges the name of a claim: its words follow ``the claim `name` ``.
///
/// # Errors
///
/// The first rule that it breaks.
pub fn check(name: &str) -> Result<(), Broken> {
    if name.is_empty() {
        return Err(Broken::new(&a_claim_can_be_asked_for_by_its_name));
    }
    if is_reserved(name) {
        return Err(
            Broken::new(&rfc7519_section_4_1_registered_claims_are_the_frameworks).saying(reserved_by(name))
        );
    }
    let found = name.chars().find(|c| c.is_control() || c.is_whitespace());
    crate::broken::none_is_found(found, &a_claim_name_has_no_blanks)
}

/// The claims that are of one login, one person or one client, and so of no other token; each with what is to be said of it.
const OF_EACH_TOKEN: &[(&str, &str)] = &[
    (
        "acr",
        "is not the same in every token: it is the class of the login (RFC 9068 §2.2.1), as `LoginPages::acr` or your interaction says, and is in each token by itself; remove it here",
    ),
    (
        "amr",
        "is not the same in every token: it is how the person has logged in (RFC 9068 §2.2.1), as your interaction says to ID tokens; for access tokens write a `#[claim(\"amr\")]` method in the `#[validator] impl`",
    ),
    (
        "azp",
        "is not the same in every token: it is the client (OpenID Connect Core §2), whom each access token names as `client_id`; remove it here",
    ),
    (
        "act",
        "is not the same in every token: it is who acts for somebody (RFC 8693 §4.1), as the grant `token_exchange` sets it; remove it here",
    ),
    (
        "may_act",
        "is not the same in every token: it is who may act for one person (RFC 8693 §4.4); write a `#[claim(\"may_act\")]` method in the `#[validator] impl`",
    ),
    (
        "username",
        "is not the same in every token: it is the name of one person (RFC 7662 §2.2); write a `#[claim(\"username\")]` method in the `#[validator] impl`",
    ),
    (
        "sub_id",
        "is not the same in every token: it is one person (RFC 9493 §4.1), whom each token names as `sub`; remove it here",
    ),
    (
        "sid",
        "is not the same in every token: it is the session of one person (OpenID Connect Front-Channel Logout §3), and is in each ID token by itself; remove it here",
    ),
    (
        "nonce",
        "is not the same in every token: it is of one request (OpenID Connect Core §2), and is in each ID token by itself; remove it here",
    ),
    (
        "at_hash",
        "is not the same in every token: it binds an ID token to what comes with it (OpenID Connect Core §3.1.3.6), and is there by itself; remove it here",
    ),
    (
        "c_hash",
        "is not the same in every token: it binds an ID token to what comes with it (OpenID Connect Core §3.3.2.11), and is there by itself; remove it here",
    ),
    (
        "s_hash",
        "is not the same in every token: it binds an ID token to what comes with it, and is there by itself; remove it here",
    ),
];

/// Judges the name of a claim that is the same in every token: its words follow ``the claim `name` ``.
///
/// # Errors
///
/// The first rule that it breaks.
pub fn check_static(name: &str) -> Result<(), Broken> {
    match OF_EACH_TOKEN.iter().find(|(known, _)| *known == name) {
        Some((_, words)) => Err(Broken::new(&a_static_claim_is_true_of_every_token).saying(words)),
        None => check(name),
    }
}

/// Tells whether only the framework sets a claim.
pub const fn is_reserved(name: &str) -> bool {
    is_in(name, RESERVED)
}

/// Tells whether the protocol itself puts a claim of this name into ID tokens.
pub const fn is_of_id_tokens(name: &str) -> bool {
    is_in(name, OF_ID_TOKENS)
}

const fn is_in(name: &str, mut list: &[&str]) -> bool {
    while let [listed, rest @ ..] = list {
        if is_equal(name.as_bytes(), listed.as_bytes()) {
            return true;
        }
        list = rest;
    }
    false
}

/// The words of the rule, with the section that reserves the name.
pub const fn reserved_by(name: &str) -> &'static str {
    const OF_JWTS: &[&str] = &["iss", "sub", "exp", "nbf", "iat", "jti"];
    if is_in(name, OF_JWTS) {
        "is set by the framework (RFC 7519 §4.1): choose another name"
    } else if is_in(name, &["client_id", "scope", "auth_time", "acr"]) {
        "is set by the framework (RFC 9068 §2.2): choose another name"
    } else if is_in(name, &["act"]) {
        "is set by the framework (RFC 8693 §4.1): choose another name"
    } else if is_in(name, &["cnf"]) {
        "is set by the framework (RFC 7800 §3.1): choose another name"
    } else if is_in(name, &[OF_ITS_SERVER]) {
        "is set by the framework (in self-contained access tokens): choose another name"
    } else {
        "is set by the framework (RFC 7662 §2.2): choose another name"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_names_are_those_of_the_list() {
        assert!(RESERVED.iter().copied().eq(include_str!("vectors/reserved_claims.txt").lines()));
    }

    #[test]
    fn names_of_id_tokens_are_those_of_the_list() {
        assert!(OF_ID_TOKENS.iter().copied().eq(include_str!("vectors/id_token_claims.txt").lines()));
    }

    #[test]
    fn vectors() {
        for name in ["tenant", "tier", "https://example.com/roles", "aud", "größe"] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
        assert!(RESERVED.iter().all(|name| check(name).is_err() && check_static(name).is_err()));
        // `aud` has an argument of its own.
        let mut of_id_tokens = OF_ID_TOKENS.iter().filter(|name| **name != "aud");
        assert!(of_id_tokens.all(|name| check_static(name).is_err()));
        for (name, words) in OF_EACH_TOKEN {
            assert!(words.starts_with(a_static_claim_is_true_of_every_token.words), "{name}");
        }
        for name in ["tenant", "roles", "groups", "https://example.com/amr", "email", "locale"] {
            assert_eq!(check_static(name), Ok(()), "{name}");
        }
        for name in ["", "a b", "a\n"] {
            assert!(check(name).is_err(), "{name:?}");
        }
    }
}
