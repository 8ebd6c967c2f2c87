//! The choices of a server.

/// The binding of tokens to keys (RFC 9449), as a server offers it: `dpop` of `#[authorization_server]`.
///
/// ```
/// use oauth_core::binding::{Dpop, DpopNonces};
/// use oauth_core::prelude::*;
/// use oauth_core::server::ServerConfig;
///
/// const CONFIG: ServerConfig = ServerConfig::new(&[]).dpop(Dpop::new().nonces(DpopNonces::Required));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Dpop {
    /// The proofs that need a nonce. Default: those of a clock that is off.
    pub nonces: DpopNonces,
}

/// The proofs that need a nonce of the server's (RFC 9449 §8): it shows that a proof was made just now, and not in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DpopNonces {
    /// None: `iat` alone tells when a proof was made, five minutes more or less.
    Off,
    /// Proofs whose `iat` is off by more than five minutes: a client with a wrong clock tries again with a nonce, and gets on.
    #[default]
    Healing,
    /// All proofs (§11.3): a proof that was made in advance is worth nothing.
    Required,
}

impl Dpop {
    /// The defaults.
    pub const fn new() -> Self {
        Self { nonces: DpopNonces::Healing }
    }

    /// Sets which proofs need a nonce.
    #[must_use]
    pub const fn nonces(mut self, nonces: DpopNonces) -> Self {
        self.nonces = nonces;
        self
    }
}

impl DpopNonces {
    /// The word of `dpop(nonces = "…")`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Healing => "healing",
            Self::Required => "required",
        }
    }
}
