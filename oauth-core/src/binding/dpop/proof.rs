//! DPoP proofs, RFC 9449 §4.2 and §4.3.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{DPOP, htu};
use crate::error::{Error, ErrorCode, Result};
use crate::jose;
use crate::jose::{Algorithm, Claim, ClaimsSet as _, Expect, JwtKind, OwnKeys};
use crate::request::Request;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The difference that is allowed between `iat` and our clock. §11.1: "a relatively brief period (on the order of seconds or
/// minutes)".
const WINDOW: Duration = Duration::from_mins(5);

/// The things that a proof must be about.
#[derive(Clone, Copy)]
pub(super) struct Expected<'e> {
    pub(super) method: &'e str,
    pub(super) url: &'e str,
    /// The access token that it comes with, at a resource.
    pub(super) token: Option<&'e str>,
    pub(super) now: UnixTime,
    pub(super) algorithms: &'e [Algorithm],
    /// The keys of the proofs before.
    pub(super) known: &'e OwnKeys,
}

/// A proof whose signature is right, and which is about this request.
pub(super) struct Proof {
    /// The thumbprint of its key.
    pub(super) jkt: String,
    jti: String,
    issued_at: UnixTime,
    pub(super) nonce: Option<String>,
}

/// The proof of a request.
///
/// # Errors
///
/// `invalid_dpop_proof` for a second one. §4.3, point 1: "There is not more than one DPoP HTTP request header field."
pub(super) fn in_header(request: &Request) -> Result<Option<&str>> {
    let mut values = request.headers().get_all(DPOP).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(invalid("there is more than one DPoP header (section 4.3)"));
    }
    // A list of several in one field is no JWT, nor is what has other characters.
    std::str::from_utf8(value.as_bytes())
        .map(Some)
        .map_err(|_| invalid("the DPoP header is no JWT (section 4.3)"))
}

impl Proof {
    /// Checks the points 2 to 9 and 12 of §4.3.
    pub(super) fn check(text: &str, expected: &Expected<'_>) -> Result<Self> {
        let expect = Expect::new(JwtKind::DpopProof, expected.now).algorithms(expected.algorithms);
        let (claims, key) =
            expect.verify_with_own_key(expected.known, text).map_err(|reason| invalid(reason.to_string()))?;
        let text = |name| jose::text(&claims, name).unwrap_or_default();
        // "The htm claim matches the HTTP method of the current request."
        if text("htm") != expected.method {
            return Err(invalid("htm is another method (section 4.3)"));
        }
        if !htu::is_same(expected.url, text("htu")) {
            return Err(invalid("htu is another URL (section 4.3)"));
        }
        // "when presented […] in conjunction with an access token, the value of the ath claim equals the hash of that access token".
        if let Some(token) = expected.token
            && text("ath") != hash(token)
        {
            return Err(invalid("ath is not the hash of the access token (section 4.3)"));
        }
        let nonce = match claims.claim("nonce") {
            None => None,
            Some(Claim::Text(nonce)) => Some(nonce.to_owned()),
            Some(Claim::Value(_)) => return Err(invalid("nonce is no text (section 4.2)")),
        };
        Ok(Self {
            jkt: key.kid().ok_or_else(|| invalid("its key has no thumbprint (section 4.3)"))?.to_owned(),
            jti: text("jti").to_owned(),
            issued_at: jose::time(&claims, "iat")
                .ok()
                .flatten()
                .ok_or_else(|| invalid("iat is missing (section 4.2)"))?,
            nonce,
        })
    }

    /// The moment until which its `iat` would pass, as it does now; `None`: it does not. Of one from the future this is later than
    /// of one that was made now.
    pub(super) fn passes_until(&self, now: UnixTime) -> Option<UnixTime> {
        let passes = now <= self.issued_at + WINDOW && self.issued_at <= now + WINDOW;
        passes.then(|| self.issued_at.max(now) + WINDOW + Duration::from_secs(1))
    }

    /// Tells whether its `iat` is further ahead than this.
    pub(super) fn is_ahead(&self, now: UnixTime, most: Duration) -> bool {
        self.issued_at > now + most
    }

    /// Identifiers are unique for each key: nobody uses up another's. The kind keeps them apart from those of assertions.
    pub(super) fn replay_id(&self) -> Result<TokenHash> {
        let id = JwtKind::DpopProof.replay_id(&self.jkt, &self.jti);
        id.map_err(|reason| invalid(reason.to_string()))
    }
}

/// §4.2: "The value MUST be the result of a base64url encoding […] the SHA-256 […] hash of the ASCII encoding of the associated
/// access token's value."
fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(TokenHash::of(token).as_bytes())
}

/// §5, §7.1.
pub(super) fn invalid(reason: impl AsRef<str>) -> Error {
    Error::new(ErrorCode::InvalidDpopProof).describe(format!("the DPoP proof: {}", reason.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::super::ALGORITHMS;
    use super::{Expected, Proof, hash};
    use crate::jose::{Algorithm, OwnKeys};
    use crate::time::UnixTime;

    const HEADER: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19";
    const TOKEN: &str = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";

    /// RFC 9449 §5, figure 4, and §7.1, figure 12; the key of §6.1.
    #[test]
    fn the_proofs_of_the_rfc_verify() {
        let at_resource = "eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";
        let at_server = "eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
        let (known, now) = (OwnKeys::new(), UnixTime::from_secs(1_562_262_618));
        let (server, resource) =
            ("https://server.example.com/token", "https://resource.example.org/protectedresource");
        for (proof, method, url, token) in
            [(at_resource, "GET", resource, Some(TOKEN)), (at_server, "POST", server, None)]
        {
            let proof = format!("{HEADER}.{proof}");
            let expected = Expected { method, url, token, now, algorithms: ALGORITHMS, known: &known };
            let checked = Proof::check(&proof, &expected).unwrap();
            assert_eq!(checked.jkt, "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
            assert!(checked.passes_until(now).is_some());
            let others = [
                Expected { method: "PUT", ..expected },
                Expected { url: "https://server.example.com/other", ..expected },
                Expected { token: Some("another"), ..expected },
                // Its key is known by now.
                Expected { algorithms: &[Algorithm::EdDSA], ..expected },
            ];
            assert!(others.iter().all(|expected| Proof::check(&proof, expected).is_err()));
            // Both signatures begin with `2`.
            let (signed, signature) = proof.rsplit_once('.').unwrap();
            let tampered = format!("{signed}.3{}", signature.get(1..).unwrap());
            assert!(Proof::check(&tampered, &expected).is_err());
        }
    }

    #[test]
    fn section_4_2_the_hash_of_a_token_is_that_of_the_example() {
        assert_eq!(hash(TOKEN), "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
    }
}
