//! Private keys from PEM: PKCS#8 (RFC 5208), PKCS#1 (RFC 8017), SEC 1 (RFC 5915).

use super::InvalidKey;
use super::material::Material;

const ENCRYPTED: &str = "the private key is encrypted: decrypt it with `openssl pkey -in encrypted.pem -out key.pem`, \
                         and protect the file by its permissions instead";

/// Reads the one private key of a PEM text. EC parameters and certificates beside it are ignored: tools write them
/// into the same file.
pub(super) fn parse(text: &[u8]) -> Result<Material, InvalidKey> {
    let blocks =
        ::pem::parse_many(text).map_err(|cause| InvalidKey::new(format!("the PEM is malformed: {cause}")))?;
    let mut keys = blocks.iter().filter(|block| block.tag().ends_with("PRIVATE KEY"));
    let Some(key) = keys.next() else {
        return Err(InvalidKey::new(match blocks.first().map(::pem::Pem::tag) {
            Some("CERTIFICATE" | "X509 CERTIFICATE") => {
                "it holds a certificate, which cannot sign: the private key that belongs to it is needed"
                    .to_owned()
            }
            Some(tag) if tag.ends_with("PUBLIC KEY") => {
                "it holds a public key, which cannot sign: the private key that belongs to it is needed"
                    .to_owned()
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
    match key.tag() {
        "PRIVATE KEY" => Material::from_pkcs8(key.contents()),
        "ENCRYPTED PRIVATE KEY" => Err(InvalidKey::new(ENCRYPTED)),
        // RFC 1421 §4.6.1.1: the older forms say it in a header.
        _ if key.headers().get("Proc-Type").is_some_and(|value| value.contains("ENCRYPTED")) => {
            Err(InvalidKey::new(ENCRYPTED))
        }
        "RSA PRIVATE KEY" => Material::from_pkcs1(key.contents()),
        "EC PRIVATE KEY" => Material::from_sec1(key.contents()),
        tag => Err(InvalidKey::new(format!(
            "it holds `{}`: convert it with `openssl pkcs8 -topk8 -nocrypt` (`ssh-keygen -p -m PKCS8` for SSH keys)",
            tag.escape_debug()
        ))),
    }
}
