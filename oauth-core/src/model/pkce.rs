//! Proof Key for Code Exchange, RFC 7636.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// `code_challenge_method`, RFC 7636 §4.3. `plain` is not offered: RFC 9700 §2.1.1 wants a method that does not
/// expose the verifier in the authorization request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum CodeChallengeMethod {
    /// `BASE64URL(SHA256(code_verifier))`.
    S256,
}

/// The challenge of an authorization request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeChallenge {
    challenge: String,
    method: CodeChallengeMethod,
}

impl CodeChallenge {
    /// Reads `code_challenge` and `code_challenge_method`.
    ///
    /// # Errors
    ///
    /// `invalid_request`, RFC 7636 §4.4.1: "transform algorithm not supported", also where the method is absent and
    /// so means `plain` (§4.3); or the challenge is not 43 base64url characters.
    pub fn parse(challenge: Option<&str>, method: Option<&str>) -> Result<Option<Self>> {
        let Some(challenge) = challenge else {
            return match method {
                None => Ok(None),
                Some(_) => Err(Error::invalid_request("code_challenge_method came without code_challenge")),
            };
        };
        if method != Some("S256") {
            return Err(Error::invalid_request(
                "transform algorithm not supported: code_challenge_method must be S256",
            ));
        }
        let is_sha256 =
            challenge.len() == 43 && URL_SAFE_NO_PAD.decode(challenge).is_ok_and(|bytes| bytes.len() == 32);
        if !is_sha256 {
            return Err(Error::invalid_request("code_challenge must be 43 characters of base64url"));
        }
        Ok(Some(Self { challenge: challenge.to_owned(), method: CodeChallengeMethod::S256 }))
    }

    /// RFC 7636 §4.6: the server "verifies it by calculating the code challenge from the received `code_verifier`
    /// and comparing it with the previously associated `code_challenge`".
    pub fn verify(&self, verifier: &str) -> bool {
        // §4.1: code-verifier = 43*128unreserved
        let well_formed = (43..=128).contains(&verifier.len())
            && verifier.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'));
        let CodeChallengeMethod::S256 = self.method;
        let hash = digest::digest(&digest::SHA256, verifier.as_bytes());
        let mut computed = [0; 43];
        let is_written = URL_SAFE_NO_PAD.encode_slice(hash, &mut computed).is_ok();
        well_formed & is_written & verify_slices_are_equal(&computed, self.challenge.as_bytes()).is_ok()
    }
}
