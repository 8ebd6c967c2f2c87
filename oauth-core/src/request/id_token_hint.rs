//! `id_token_hint`: an ID token that comes back (OIDC Core §3.1.2.1).

/// An ID token of ours that a client sent back. It may have expired.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IdTokenHint {
    /// `sub`, as the client knows it.
    pub sub: String,
    /// `aud`: the clients it was issued to.
    pub aud: Vec<String>,
    /// `sid`, if it has one.
    pub sid: Option<String>,
}
