//! The cryptography of the works, raw: what nobody who does them can do without.

use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use aws_lc_rs::digest;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, ParsedPublicKey,
};

use crate::{Result, callgrind};

/// The bytes that a usual JWT has before its signature.
const SIGNED: [u8; 400] = [b'x'; 400];
/// The whole of it, with a signature of ECDSA on P-256.
const JWT: [u8; 487] = [b'x'; 487];
/// A token, a code or a verifier.
const TOKEN: [u8; 43] = [b'x'; 43];

/// An operation of the cryptography.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Sha256,
    Sha256OfJwt,
    EcdsaSignature,
    EcdsaVerification,
}

impl Operation {
    pub(crate) const ALL: [Self; 4] =
        [Self::Sha256, Self::Sha256OfJwt, Self::EcdsaSignature, Self::EcdsaVerification];

    /// The word of the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha-256",
            Self::Sha256OfJwt => "sha-256-of-jwt",
            Self::EcdsaSignature => "es256-signature",
            Self::EcdsaVerification => "es256-verification",
        }
    }

    /// Does it so often, with a key that is parsed once.
    pub(crate) fn repeat(self, count: u64) -> Result {
        match self {
            // Without a key: the source of randomness starts with a few million instructions more or less.
            Self::Sha256 => {
                for _ in 0..count {
                    black_box(digest::digest(&digest::SHA256, black_box(&TOKEN)));
                }
            }
            Self::Sha256OfJwt => {
                for _ in 0..count {
                    black_box(digest::digest(&digest::SHA256, black_box(&JWT)));
                }
            }
            Self::EcdsaSignature => {
                let (pair, random) = (key()?, SystemRandom::new());
                for _ in 0..count {
                    black_box(pair.sign(&random, black_box(&SIGNED))?);
                }
            }
            Self::EcdsaVerification => {
                let pair = key()?;
                let key = ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, pair.public_key())?;
                let signature = pair.sign(&SystemRandom::new(), &SIGNED)?;
                for _ in 0..count {
                    key.verify_sig(black_box(&SIGNED), signature.as_ref())?;
                }
            }
        }
        Ok(())
    }

    /// The instructions of one.
    pub(crate) fn instructions(self, folder: &Path) -> Result<f64> {
        callgrind::each(|count| {
            let mut program = Command::new(std::env::current_exe()?);
            program.args(["repeat", self.name(), &count.to_string()]);
            callgrind::of_program(&program, &folder.join(format!("callgrind.{}.{count}", self.name())))
        })
    }
}

fn key() -> Result<EcdsaKeyPair> {
    Ok(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?)
}

#[cfg(test)]
mod tests {
    use super::Operation;

    #[test]
    fn each_operation_succeeds() {
        for operation in Operation::ALL {
            operation.repeat(2).unwrap_or_else(|error| panic!("{operation:?}: {error}"));
        }
    }
}
