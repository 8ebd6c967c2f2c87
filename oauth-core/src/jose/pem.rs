//! Keys from PEM: PKCS#8 (RFC 5208), PKCS#1 (RFC 8017), SEC 1 (RFC 5915), `SubjectPublicKeyInfo` (RFC 7468 §13).

use zeroize::Zeroizing;

use super::InvalidKey;
use super::purpose::Purpose;
use crate::secret::SecretString;

/// The encoding of a private key.
pub(super) enum Encoding {
    Pkcs8,
    Pkcs1,
    Sec1,
}

const ENCRYPTED: &str = "the private key is encrypted: decrypt it with `openssl pkey -in encrypted.pem -out key.pem`, \
                         and protect the file by its permissions instead";

/// The one private key of a PEM text, in DER. EC parameters and certificates beside it are ignored: tools write them
/// into the same file.
pub(super) fn private_key(
    text: &[u8],
    purpose: Purpose,
) -> Result<(Encoding, Zeroizing<Vec<u8>>), InvalidKey> {
    let blocks = blocks(text)?;
    let verb = purpose.verb();
    let mut keys = blocks.iter().filter(|block| block.tag().ends_with("PRIVATE KEY"));
    let Some(key) = keys.next() else {
        return Err(InvalidKey::new(match blocks.first().map(::pem::Pem::tag) {
            Some("CERTIFICATE" | "X509 CERTIFICATE") => {
                format!(
                    "it holds a certificate, which cannot {verb}: the private key that belongs to it is needed"
                )
            }
            Some(tag) if tag.ends_with("PUBLIC KEY") => {
                format!(
                    "it holds a public key, which cannot {verb}: the private key that belongs to it is needed"
                )
            }
            Some(tag) => format!("it holds `{}` and no private key", tag.escape_debug()),
            None => "it holds no PEM: a private key begins with `-----BEGIN PRIVATE KEY-----`".to_owned(),
        }));
    };
    if keys.next().is_some() {
        return Err(InvalidKey::new(
            "it holds more than one private key: keep each in a file of its own, and make a `KeyRing` of them",
        ));
    }
    let encoding = match key.tag() {
        "PRIVATE KEY" => Encoding::Pkcs8,
        "ENCRYPTED PRIVATE KEY" => return Err(InvalidKey::new(ENCRYPTED)),
        // RFC 1421 §4.6.1.1: the older forms say it in a header.
        _ if key.headers().get("Proc-Type").is_some_and(|value| value.contains("ENCRYPTED")) => {
            return Err(InvalidKey::new(ENCRYPTED));
        }
        "RSA PRIVATE KEY" => Encoding::Pkcs1,
        "EC PRIVATE KEY" => Encoding::Sec1,
        tag => {
            return Err(InvalidKey::new(format!(
                "it holds `{}`: convert it with `openssl pkcs8 -topk8 -nocrypt` (`ssh-keygen -p -m PKCS8` for SSH keys)",
                tag.escape_debug()
            )));
        }
    };
    Ok((encoding, Zeroizing::new(key.contents().to_vec())))
}

/// The one public key of a PEM text: a `SubjectPublicKeyInfo`, in DER.
pub(super) fn public_key(text: &[u8]) -> Result<Vec<u8>, InvalidKey> {
    let blocks = blocks(text)?;
    match blocks.as_slice() {
        [key] if key.tag() == "PUBLIC KEY" => Ok(key.contents().to_vec()),
        _ => Err(InvalidKey::new(
            "it does not hold one public key, which begins with `-----BEGIN PUBLIC KEY-----`: \
             `openssl pkey -in key.pem -pubout` writes that of a private key",
        )),
    }
}

fn blocks(text: &[u8]) -> Result<Vec<::pem::Pem>, InvalidKey> {
    ::pem::parse_many(text).map_err(|cause| InvalidKey::new(format!("the PEM is malformed: {cause}")))
}

/// A private key in PKCS#8, as PEM.
pub(super) fn from_pkcs8(der: &[u8]) -> SecretString {
    let config = ::pem::EncodeConfig::new().set_line_ending(::pem::LineEnding::LF);
    SecretString::new(::pem::encode_config(&::pem::Pem::new("PRIVATE KEY", der), config))
}
