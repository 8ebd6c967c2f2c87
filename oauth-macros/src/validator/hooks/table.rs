//! The hooks that an `impl` block can override: the methods of `RequestValidator`.

use std::str::FromStr as _;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;

/// One hook. Its types are names of the hidden module, which are those that a user writes; but the record of a refresh
/// token is `RefreshTokenRecord` there, for the grant has its name.
pub(super) struct Hook {
    pub(super) name: &'static str,
    /// Name and type, after `&self`.
    pub(super) parameters: &'static [(&'static str, &'static str)],
    pub(super) output: &'static str,
    /// The role and the store trait it needs.
    pub(super) needs: Option<(&'static str, &'static str)>,
    /// The constant that says that it is overridden, where there is one beside `HOOKS`.
    pub(super) constant: Option<&'static str>,
}

const REQUEST: (&str, &str) = ("request", "&mut Request");
/// The request of a validation, which stays as it is.
const READ_ONLY: (&str, &str) = ("request", "&Request");
const CLIENT: (&str, &str) = ("client", "&Client");
const USER: (&str, &str) = ("user", "&User");
const HINT: (&str, &str) = ("token_type_hint", "Option<&str>");

const fn hook(
    name: &'static str,
    parameters: &'static [(&'static str, &'static str)],
    output: &'static str,
) -> Hook {
    Hook { name, parameters, output, needs: None, constant: None }
}

impl Hook {
    const fn needs(mut self, role: &'static str, store: &'static str) -> Self {
        self.needs = Some((role, store));
        self
    }

    const fn says(mut self, constant: &'static str) -> Self {
        self.constant = Some(constant);
        self
    }

    /// The signature, to show to the user.
    pub(super) fn signature(&self) -> String {
        let parameters: Vec<_> = self.parameters.iter().map(|(name, ty)| format!(", {name}: {ty}")).collect();
        let parameters = parameters.concat();
        let output = self.output.replace("RefreshTokenRecord", "store::RefreshToken");
        format!("fn {}(&self{parameters}) -> {output}", self.name)
    }
}

pub(super) const HOOKS: [Hook; 41] = [
    hook("client_authentication_required", &[CLIENT, REQUEST], "Result<bool>"),
    hook("authenticate_client", &[REQUEST], "Result<Arc<Client>>"),
    hook("get_client_secret", &[CLIENT, REQUEST], "Result<Option<SecretString>>")
        .says("KNOWS_CLIENT_SECRETS"),
    hook("allow_fetch", &[("url", "&str"), REQUEST], "Result<bool>"),
    hook("allow_client", &[CLIENT, REQUEST], "Result<bool>"),
    hook("validate_initial_access_token", &[("token", "&str"), REQUEST], "Result<bool>"),
    hook("claim_initial_access_token", &[("token", "&str"), REQUEST], "Result<bool>"),
    hook(
        "validate_software_statement",
        &[("statement", "&str"), REQUEST],
        "Result<Option<Map<String, Value>>>",
    ),
    hook("validate_client_id", &[("client_id", "&str"), REQUEST], "Result<()>"),
    hook("validate_grant_type", &[CLIENT, ("grant_type", "&GrantType"), REQUEST], "Result<()>"),
    hook("validate_response_type", &[CLIENT, ("response_type", "ResponseType"), REQUEST], "Result<()>"),
    hook("is_origin_allowed", &[CLIENT, ("origin", "&str"), REQUEST], "Result<bool>"),
    hook("pre_authorization", &[REQUEST], "Result<()>"),
    hook("post_authorization", &[("authorization", "&AuthorizationRequest"), READ_ONLY], "Result<()>"),
    hook("code_modifier", &[("extras", "&mut AuthorizationExtras<'_>"), READ_ONLY], "Result<()>"),
    hook("pre_token", &[REQUEST], "Result<()>"),
    hook("post_token", &[READ_ONLY], "Result<()>"),
    hook("token_modifier", &[("extras", "&mut TokenExtras<'_>"), READ_ONLY], "Result<()>"),
    hook("validate_redirect_uri", &[CLIENT, ("redirect_uri", "&str"), REQUEST], "Result<()>"),
    hook("get_default_redirect_uri", &[CLIENT, REQUEST], "Result<Option<String>>"),
    hook("validate_scopes", &[CLIENT, ("scopes", "&ScopeSet"), REQUEST], "Result<()>"),
    hook("get_default_scopes", &[CLIENT, ("server_defaults", "&ScopeSet"), REQUEST], "Result<ScopeSet>"),
    hook(
        "is_within_original_scope",
        &[("scopes", "&ScopeSet"), ("original", "&ScopeSet"), REQUEST],
        "Result<bool>",
    ),
    hook("get_token_resources", &[("resources", "&[String]"), REQUEST], "Result<Vec<String>>"),
    hook("is_pkce_required", &[CLIENT, REQUEST], "Result<bool>"),
    hook(
        "save_authorization_code",
        &[("code", "&SecretString"), ("grant", "AuthorizationGrant"), REQUEST],
        "Result<()>",
    )
    .needs("Codes", "CodeStore"),
    hook("peek_authorization_code", &[("code", "&str"), REQUEST], "Result<Option<PeekedCode>>")
        .needs("Codes", "CodeStore"),
    hook("redeem_authorization_code", &[("code", "&str"), REQUEST], "Result<CodeRedemption>")
        .needs("Codes", "CodeStore"),
    hook("save_bearer_token", &[("token", "&TokenResponse"), REQUEST], "Result<()>"),
    hook(
        "validate_bearer_token",
        &[("token", "&str"), ("scopes", "&ScopeSet"), REQUEST],
        "Result<AccessToken>",
    ),
    hook("validate_refresh_token", &[("token", "&str"), CLIENT, REQUEST], "Result<RefreshTokenRecord>"),
    hook(
        "validate_jwt_bearer_token",
        &[("assertion", "&UnverifiedAssertion<'_>"), REQUEST],
        "Result<AcceptedAssertion>",
    ),
    hook("rotate_refresh_token", &[REQUEST], "Result<bool>").says("DECIDES_ROTATION"),
    hook("revoke_token", &[("token", "&str"), HINT, REQUEST], "Result<()>"),
    hook("finalize_id_token", &[("claims", "&mut IdTokenClaims"), ("request", "&Request")], "Result<()>"),
    hook("refresh_id_token", &[REQUEST], "Result<bool>"),
    hook("validate_silent_login", &[REQUEST], "Result<bool>"),
    hook("validate_silent_authorization", &[REQUEST], "Result<bool>"),
    hook("validate_user_match", &[("sub", "&str"), REQUEST], "Result<bool>"),
    hook("introspect_token", &[("token", "&str"), HINT, REQUEST], "Result<Option<Introspection>>"),
    hook("get_userinfo_claims", &[REQUEST], "Result<Claims>"),
];

/// The hooks that are there only with the feature `pages` of the run-time crate; without it the compiler says
/// that there is no such hook.
pub(super) const OF_PAGES: &[Hook] = &[
    hook("validate_user", &[("username", "&str"), ("password", "&str"), REQUEST], "Result<Option<User>>")
        .needs("Users", "UserStore"),
    hook("get_login_key", &[("username", "&str"), REQUEST], "Result<String>"),
    hook(IS_OTP_REQUIRED, &[USER, REQUEST], "Result<bool>"),
    hook(VALIDATE_OTP, &[USER, ("otp", "&str"), REQUEST], "Result<bool>"),
];

const IS_OTP_REQUIRED: &str = "is_otp_required";
const VALIDATE_OTP: &str = "validate_otp";

/// Hooks of which one means nothing without the other.
pub(super) const PAIRS: [(&str, &str); 2] =
    [(IS_OTP_REQUIRED, VALIDATE_OTP), (VALIDATE_OTP, IS_OTP_REQUIRED)];

/// Every hook.
pub(super) fn hooks() -> impl Iterator<Item = &'static Hook> {
    HOOKS.iter().chain(OF_PAGES)
}

/// The constant of a hook in the hidden module.
pub(super) fn constant(name: &str, span: Span) -> Ident {
    Ident::new(&name.to_ascii_uppercase(), span)
}

/// A type of the table as tokens: its names looked up in the hidden module.
pub(super) fn type_tokens(ty: &str, private: &TokenStream, span: Span) -> TokenStream {
    qualify(TokenStream::from_str(ty).unwrap_or_default(), private, span)
}

fn qualify(tokens: TokenStream, private: &TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(ident) if ident.to_string().starts_with(char::is_uppercase) => {
                let ident = Ident::new(&ident.to_string(), span);
                quote_spanned!(span=> #private::#ident)
            }
            TokenTree::Group(group) => {
                let mut group = Group::new(group.delimiter(), qualify(group.stream(), private, span));
                group.set_span(span);
                TokenTree::from(group).into()
            }
            mut token => {
                token.set_span(span);
                token.into()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{OF_PAGES, hooks};
    use crate::rules::hook::Hook;

    #[test]
    fn each_hook_says_what_asks_it() {
        assert_eq!(OF_PAGES.len(), 4);
        let generators = ["generate_access_token", "generate_refresh_token"];
        let mut here: Vec<_> = hooks().map(|hook| hook.name).chain(generators).collect();
        let mut there: Vec<_> = Hook::ALL.iter().map(|hook| hook.name).collect();
        here.sort_unstable();
        there.sort_unstable();
        assert_eq!(here, there);
    }
}
