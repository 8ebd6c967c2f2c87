//! Access tokens that are signed and then encrypted, RFC 9068 in RFC 7516.

use oauth_rules::start_up::rfc8725_section_3_1_a_key_encrypts_with_the_algorithms_that_are_said;

use oauth_rules::token_generator::rfc7516_section_2_a_self_contained_token_can_be_read_by_its_server;

use super::JwtProfile;
use crate::error::{Error, Result};
use crate::jose::{ContentEncryption, EncryptionKeys, JwtType, KeyManagement, SigningKeys};
use crate::request::Request;

/// The profile of `#[token_generator(jwe, …)]`, as a constant.
///
/// Its tokens are those of a [`JwtProfile`], encrypted to the resource server as nested JWTs (RFC 7519 §11.2): whoever
/// carries one cannot read it. The header says `cty: JWT` and `typ: at+jwt`.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct JweProfile {
    /// The profile of the JWT that is signed.
    pub jwt: JwtProfile,
    /// The `alg` that the encryption key must have; `None`: whichever it has.
    pub alg: Option<KeyManagement>,
    /// The `enc` that it must have; `None`: whichever it has.
    pub enc: Option<ContentEncryption>,
}

impl JweProfile {
    /// The algorithms of the key.
    pub const fn new(jwt: JwtProfile) -> Self {
        Self { jwt, alg: None, enc: None }
    }

    /// Sets the `alg` that the encryption key must have.
    #[must_use]
    pub const fn alg(mut self, alg: KeyManagement) -> Self {
        self.alg = Some(alg);
        self
    }

    /// Sets the `enc` that it must have.
    #[must_use]
    pub const fn enc(mut self, enc: ContentEncryption) -> Self {
        self.enc = Some(enc);
        self
    }

    /// Makes a token.
    ///
    /// # Errors
    ///
    /// `server_error` as [`JwtProfile::generate`], and if encrypting fails or the token would have more than 64 KiB.
    pub async fn generate<K: SigningKeys + ?Sized, R: EncryptionKeys + ?Sized>(
        &self,
        keys: &K,
        recipient: &R,
        issuer: &str,
        request: &Request,
    ) -> Result<String> {
        self.check_encryption(recipient).map_err(Error::server)?;
        let jwt = self.jwt.generate(keys, issuer, request).await?;
        recipient.encryption_key().encrypt_jwt(JwtType::AccessToken, &jwt)
    }

    /// Checks the profile and the keys, as a server does before it starts.
    ///
    /// # Errors
    ///
    /// As [`JwtProfile::check`], and if the encryption key has another `alg` or `enc` than the profile.
    pub fn check<K: SigningKeys + ?Sized, R: EncryptionKeys + ?Sized>(
        &self,
        keys: &K,
        recipient: &R,
    ) -> std::result::Result<(), String> {
        if self.jwt.self_contained {
            return Err(rfc7516_section_2_a_self_contained_token_can_be_read_by_its_server.words.to_owned());
        }
        self.jwt.check(keys)?;
        self.check_encryption(recipient)
    }

    fn check_encryption<R: EncryptionKeys + ?Sized>(&self, recipient: &R) -> std::result::Result<(), String> {
        let rule = &rfc8725_section_3_1_a_key_encrypts_with_the_algorithms_that_are_said;
        let key = recipient.encryption_key();
        if let Some(alg) = self.alg
            && alg != key.alg()
        {
            let remedy = format!(".with_alg(KeyManagement::{alg:?})");
            return Err(rule.says(&[&"alg", &alg, &key.alg(), &remedy]));
        }
        match self.enc {
            Some(enc) if enc != key.enc() => {
                let remedy = format!(".with_enc(ContentEncryption::{enc:?})");
                Err(rule.says(&[&"enc", &enc, &key.enc(), &remedy]))
            }
            _ => Ok(()),
        }
    }
}
