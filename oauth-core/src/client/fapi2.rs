//! The clients that a server of FAPI 2.0 knows, wherever they come from: a registration, a document, a store.

use super::coherence::of_client;
use super::{ApplicationType, Client, ClientAuthMethod, InvalidClientMetadata, RedirectUri};
use crate::jose::{Algorithm, FAPI2_ALGORITHMS};

impl Client {
    /// Checks what the FAPI 2.0 Security Profile demands of a client.
    ///
    /// # Errors
    ///
    /// If it is public or has a secret (§5.3.2.1), if its answers go over http (§5.3.2.2), or if it signs with other algorithms than
    /// those of the profile or expects them (§5.4.1).
    pub(crate) fn check_fapi2(&self) -> Result<(), InvalidClientMetadata> {
        self.check_fapi2_method()?;
        self.check_fapi2_keys()?;
        self.check_fapi2_redirect_uris()?;
        let expected = [
            ("id_token_signed_response_alg", self.id_token_signed_response_alg),
            ("userinfo_signed_response_alg", self.userinfo_signed_response_alg),
        ];
        for (member, algorithm) in expected {
            self.check_fapi2_algorithm(member, algorithm)?;
        }
        Ok(())
    }

    /// §5.3.2.1, no. 3 and 6. Of a method that the application brought along, it has said that it will do.
    fn check_fapi2_method(&self) -> Result<(), InvalidClientMetadata> {
        let method = self.token_endpoint_auth_method;
        if method == ClientAuthMethod::PrivateKeyJwt || !ClientAuthMethod::BUILT_IN.contains(&method) {
            return Ok(());
        }
        let mistake = format!("authenticates by `{method}`, and not by private_key_jwt (FAPI 2.0 §5.3.2.1)");
        Err(of_client(self, &mistake).of("token_endpoint_auth_method"))
    }

    /// §5.3.2.2, no. 8: "shall not allow redirect URIs that use the "http" scheme except for native clients that use loopback interface
    /// Redirection". Elsewhere than on loopback, nobody has one.
    fn check_fapi2_redirect_uris(&self) -> Result<(), InvalidClientMetadata> {
        let is_native = self.is_native() && self.application_type != Some(ApplicationType::Web);
        let is_plain =
            |uri: &RedirectUri| uri.as_str().get(..5).is_some_and(|it| it.eq_ignore_ascii_case("http:"));
        match self.redirect_uris.iter().position(is_plain).filter(|_| !is_native) {
            None => Ok(()),
            Some(index) => {
                let mistake =
                    "is no native application, and a redirect URI of it is http (FAPI 2.0 §5.3.2.2)";
                Err(of_client(self, mistake).at("redirect_uris", index))
            }
        }
    }

    /// §5.4.1. Keys at a `jwks_uri` are seen once they were fetched.
    fn check_fapi2_keys(&self) -> Result<(), InvalidClientMetadata> {
        let registered = self.token_endpoint_auth_signing_alg;
        self.check_fapi2_algorithm("token_endpoint_auth_signing_alg", registered)?;
        let can_sign = self.jwks.as_ref().is_none_or(|jwks| {
            jwks.keys(registered).iter().any(|key| FAPI2_ALGORITHMS.contains(&key.algorithm()))
        });
        if can_sign {
            return Ok(());
        }
        Err(of_client(self, "has no key for PS256, ES256 or EdDSA (FAPI 2.0 §5.4.1)").of("jwks"))
    }

    fn check_fapi2_algorithm(
        &self,
        member: &'static str,
        algorithm: Option<Algorithm>,
    ) -> Result<(), InvalidClientMetadata> {
        match algorithm.filter(|algorithm| !FAPI2_ALGORITHMS.contains(algorithm)) {
            None => Ok(()),
            Some(other) => {
                let mistake =
                    format!("has {member} {other}, and not PS256, ES256 or EdDSA (FAPI 2.0 §5.4.1)");
                Err(of_client(self, &mistake).of(member))
            }
        }
    }
}
