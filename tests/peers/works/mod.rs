//! The works of ours, by instructions: what a request takes beside its cryptography, to what the bare handler takes.

mod client;
mod prover;

use std::path::Path;
use std::process::Command;

use tokio::runtime::Builder;

use self::client::Client;
use crate::arguments::Arguments;
use crate::figures::figure;
use crate::operations::Operation;
use crate::operations::Operation::{EcdsaSignature, EcdsaVerification, Sha256, Sha256OfJwt};
use crate::servers::Server;
use crate::servers::provider::{Provider, id_token_keys};
use crate::{Result, callgrind, instructions};

/// What a work may take beside its cryptography, to what the bare handler takes.
const AIM: f64 = 1.5;
/// What a token request may take that answers with a signed token: the bare handler, and so many signatures.
const AIM_OF_SIGNED: f64 = 1.1;

/// A work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// A token for a client, opaque.
    Token,
    /// A token for a client, signed.
    SignedToken,
    /// A token for a client, bound to the key of a proof.
    BoundToken,
    /// A code for tokens, with PKCE.
    Code,
    /// The same with an ID token.
    IdToken,
    /// A refresh token for its successor.
    Refresh,
    /// An opaque token is told of.
    Introspection,
    /// The same of signed tokens.
    SignedIntrospection,
    /// The same of one, over and over.
    SameSignedIntrospection,
    /// The person of an opaque token is told of.
    Userinfo,
    /// A signed token at an API.
    Jwt,
    /// The same, over and over.
    SameJwt,
    /// A signed token at an API, with a proof of the key that it is bound to.
    BoundJwt,
}

impl Work {
    const ALL: [Self; 13] = [
        Self::Token,
        Self::SignedToken,
        Self::BoundToken,
        Self::Code,
        Self::IdToken,
        Self::Refresh,
        Self::Introspection,
        Self::SignedIntrospection,
        Self::SameSignedIntrospection,
        Self::Userinfo,
        Self::Jwt,
        Self::SameJwt,
        Self::BoundJwt,
    ];

    const fn title(self) -> &'static str {
        match self {
            Self::Token => "token request, opaque",
            Self::SignedToken => "token request, ES256, self-contained",
            Self::BoundToken => "token request with a DPoP proof, opaque",
            Self::Code => "code exchange with PKCE, opaque",
            Self::IdToken => "code exchange with PKCE, an ID token by ES256",
            Self::Refresh => "refresh with rotation, opaque",
            Self::Introspection => "introspection, opaque",
            Self::SignedIntrospection => "introspection, ES256, each token once",
            Self::SameSignedIntrospection => "introspection, ES256, one token",
            Self::Userinfo => "userinfo, opaque",
            Self::Jwt => "API, ES256, each token once",
            Self::SameJwt => "API, ES256, one token",
            Self::BoundJwt => "API, ES256, one token with DPoP proofs",
        }
    }

    /// The cryptography that its specifications ask for, and stores that keep hashes.
    const fn cryptography(self) -> &'static [(Operation, u64)] {
        match self {
            // The client's secret, and the token.
            Self::Token | Self::Introspection | Self::SameSignedIntrospection => &[(Sha256, 2)],
            // The client's secret.
            Self::SignedToken => &[(Sha256, 1), (EcdsaSignature, 1)],
            // Beside both, the thumbprint of the key and the identifier of the proof.
            Self::BoundToken => &[(Sha256, 4), (EcdsaVerification, 1)],
            // The same two, `ath`, and the hash by which the token is known.
            Self::BoundJwt => &[(Sha256, 3), (Sha256OfJwt, 1), (EcdsaVerification, 1)],
            // The client's secret, the code, the verifier and two tokens.
            Self::Code => &[(Sha256, 5)],
            // The same, and `at_hash`.
            Self::IdToken => &[(Sha256, 6), (EcdsaSignature, 1)],
            // The client's secret, the token and its two successors.
            Self::Refresh => &[(Sha256, 4)],
            // The client's secret, and the hash by which a token is revoked, which is of its identifier.
            Self::SignedIntrospection => &[(Sha256, 2), (EcdsaVerification, 1)],
            // The hash by which the token is known.
            Self::Userinfo | Self::SameJwt => &[(Sha256, 1)],
            Self::Jwt => &[(EcdsaVerification, 1)],
        }
    }

    const fn provider(self) -> Provider {
        match self {
            Self::SignedToken | Self::SignedIntrospection | Self::SameSignedIntrospection => Provider::Signed,
            Self::Jwt | Self::SameJwt | Self::BoundJwt => Provider::Api,
            _ => Provider::Opaque,
        }
    }

    /// The instructions that it may take.
    fn aim(self, cryptography: f64, bare: f64) -> f64 {
        match self {
            Self::SignedToken => AIM_OF_SIGNED * cryptography + bare,
            _ => cryptography + AIM * bare,
        }
    }

    /// Does it so often at a server, with the keys in a folder.
    fn ask(self, port: u16, keys: &Path, requests: u64) -> Result {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async { Client::open(port, keys).await?.work(self, requests).await })
    }

    /// The instructions of one.
    fn instructions(self, folder: &Path) -> Result<f64> {
        let mut program = Command::new(std::env::current_exe()?);
        program.arg("provide").arg(self.provider().name()).arg(folder);
        callgrind::each(|requests| {
            let file = folder.join(format!("callgrind.{self:?}.{requests}"));
            callgrind::of_server(&program, &file, |port| self.ask(port, folder, requests))
        })
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result {
    let temporary = tempfile::tempdir()?;
    let folder = arguments.profile.as_ref().map_or(temporary.path(), Path::new);
    std::fs::create_dir_all(folder)?;
    // Before any server is counted.
    id_token_keys(folder)?;
    let bare = instructions::of_request(Server::Bare, folder)?;
    println!("{:46} {bare:10.0}", "instructions of the bare handler");
    let mut operations = Vec::new();
    for operation in Operation::ALL {
        let each = operation.instructions(folder)?;
        println!("{:46} {each:10.0}", operation.name());
        operations.push((operation, each));
    }
    println!("\n{:46} {:>10} {:>12} {:>10} {:>6}", "work", "request", "cryptography", "aim", "ratio");
    for work in Work::ALL.into_iter().filter(|work| work.title().contains(&arguments.only)) {
        let needed = work.cryptography().iter().map(|(needed, count)| {
            let each = operations.iter().find(|(operation, _)| operation == needed);
            each.map_or(f64::NAN, |(_, each)| each * figure(*count))
        });
        let cryptography: f64 = needed.sum();
        let each = work.instructions(folder)?;
        let (aim, ratio) = (work.aim(cryptography, bare), (each - cryptography) / bare);
        println!("{:46} {each:10.0} {cryptography:12.0} {aim:10.0} {ratio:6.2}", work.title());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn every_work_is_done() {
        let keys = tempfile::tempdir().unwrap();
        id_token_keys(keys.path()).unwrap();
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        for work in Work::ALL {
            let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
            let port = listener.local_addr().unwrap().port();
            let folder = keys.path().to_owned();
            let answering =
                runtime.spawn(async move { work.provider().answer(listener, &folder).await.unwrap() });
            work.ask(port, keys.path(), 3).unwrap_or_else(|error| panic!("{work:?}: {error}"));
            answering.abort();
        }
    }
}
