//! Algorithms in terms of aws-lc-rs.

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED,
    ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaSigningAlgorithm, EcdsaVerificationAlgorithm,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RSA_PKCS1_SHA256,
    RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding, RsaParameters,
};

use super::Algorithm;

/// The things that an algorithm needs of a key, and how it signs.
#[derive(Clone, Copy)]
pub(super) enum Scheme {
    Hmac(hmac::Algorithm),
    Rsa { sign: &'static dyn RsaEncoding, verify: &'static RsaParameters },
    Ec(Curve),
    Ed25519,
}

/// The way in which an algorithm signs.
pub(super) fn scheme(algorithm: Algorithm) -> Scheme {
    match algorithm {
        Algorithm::HS256 => Scheme::Hmac(hmac::HMAC_SHA256),
        Algorithm::HS384 => Scheme::Hmac(hmac::HMAC_SHA384),
        Algorithm::HS512 => Scheme::Hmac(hmac::HMAC_SHA512),
        Algorithm::RS256 => Scheme::Rsa { sign: &RSA_PKCS1_SHA256, verify: &RSA_PKCS1_2048_8192_SHA256 },
        Algorithm::RS384 => Scheme::Rsa { sign: &RSA_PKCS1_SHA384, verify: &RSA_PKCS1_2048_8192_SHA384 },
        Algorithm::RS512 => Scheme::Rsa { sign: &RSA_PKCS1_SHA512, verify: &RSA_PKCS1_2048_8192_SHA512 },
        Algorithm::PS256 => Scheme::Rsa { sign: &RSA_PSS_SHA256, verify: &RSA_PSS_2048_8192_SHA256 },
        Algorithm::PS384 => Scheme::Rsa { sign: &RSA_PSS_SHA384, verify: &RSA_PSS_2048_8192_SHA384 },
        Algorithm::PS512 => Scheme::Rsa { sign: &RSA_PSS_SHA512, verify: &RSA_PSS_2048_8192_SHA512 },
        Algorithm::ES256 => Scheme::Ec(Curve::P256),
        Algorithm::ES384 => Scheme::Ec(Curve::P384),
        Algorithm::EdDSA | Algorithm::Ed25519 => Scheme::Ed25519,
    }
}

/// A curve of RFC 7518 §6.2.1.1 that an `alg` of ours uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P384,
}

impl Curve {
    pub(super) const ALL: [Self; 2] = [Self::P256, Self::P384];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
        }
    }

    pub(super) const fn algorithm(self) -> Algorithm {
        match self {
            Self::P256 => Algorithm::ES256,
            Self::P384 => Algorithm::ES384,
        }
    }

    /// RFC 7518 §3.4: the signature is the two integers side by side, not ASN.1.
    pub(super) fn signing(self) -> &'static EcdsaSigningAlgorithm {
        match self {
            Self::P256 => &ECDSA_P256_SHA256_FIXED_SIGNING,
            Self::P384 => &ECDSA_P384_SHA384_FIXED_SIGNING,
        }
    }

    pub(super) fn verifying(self) -> &'static EcdsaVerificationAlgorithm {
        match self {
            Self::P256 => &ECDSA_P256_SHA256_FIXED,
            Self::P384 => &ECDSA_P384_SHA384_FIXED,
        }
    }
}
