//! Clients that come by themselves: by a document at their URL, or by registration that is open to anybody.

use alloc::string::String;

rules! { "authorization_server" {
    /// RFC 7591 §2: `scope` is what a client "can use when requesting access tokens". Of a client that anybody can bring, nobody has
    /// decided what that is. Who has an initial access token was given one: such a client is no stranger.
    ///
    /// - refused: `scopes("profile", "admin"), client_id_metadata_documents`
    /// - accepted: `unverified_scopes("profile")`
    both rfc7591_section_2_strangers_have_scopes_that_were_named = "`{}` lets in clients that nobody has verified, and each could ask for every scope (RFC 7591 §2)\nadd `unverified_scopes({})` without those that are not for anybody's client; `unverified_scopes()` gives them none";
    /// RFC 7591 §2: `scope` is what a client "can use when requesting access tokens".
    ///
    /// - refused: `unverified_scopes("profil")`
    /// - accepted: `unverified_scopes("profile")`
    both rfc7591_section_2_scopes_of_strangers_are_declared = "the scope `{}` of `unverified_scopes(…)` is not among `scopes(…)` (RFC 7591 §2){}";
    /// Clients look for `none` among the methods before they use a document, and register instead where it lacks.
    ///
    /// - refused: `token_endpoint_auth_methods("private_key_jwt"), client_id_metadata_documents`
    /// - accepted: `client_id_metadata_documents`
    both clients_with_documents_may_be_public = "most clients with a metadata document have no credentials, and look for the method `none` before they use it: add `\"none\"` to `token_endpoint_auth_methods(…)`, or remove `client_id_metadata_documents`";
} }

/// The strangers of a server, as far as its rules go.
#[derive(Debug, Clone, Copy, Default)]
pub struct Strangers<'a> {
    /// The argument that lets them in: one of [`WAYS`].
    pub way: Option<&'static str>,
    /// The scopes that they may ask for; `None`: nobody has said.
    pub scopes: Option<&'a [&'a str]>,
    /// The scopes of the server, as an argument has them; empty: it has none.
    pub written_scopes: &'a str,
}

/// The arguments that let strangers in, the most telling first.
pub const WAYS: [&str; 3] = ["client_id_metadata_documents", "registration", "profile"];

impl Strangers<'_> {
    /// The words about strangers whose scopes nobody has named, and the argument that lets them in. A server without scopes has none
    /// to name.
    pub(crate) fn unbounded(&self) -> Option<(&'static str, String)> {
        let way = self.way.filter(|_| self.scopes.is_none() && !self.written_scopes.is_empty())?;
        let written = if way == "profile" { "profile = \"mcp\"" } else { way };
        let rule = &rfc7591_section_2_strangers_have_scopes_that_were_named;
        Some((way, rule.says(&[&written, &self.written_scopes])))
    }
}
