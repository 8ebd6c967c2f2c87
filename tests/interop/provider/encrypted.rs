//! An API whose access tokens are encrypted to it reads them with npm `jose`.

use std::fs;

use oauth_core::jose::{ContentEncryption, DecryptionKey, KeyManagement};
use oauth_tests::node;

use crate::world::{json, run, start_with};

#[test]
fn jose_reads_encrypted_access_tokens() {
    for alg in [KeyManagement::EcdhEsA256KW, KeyManagement::RsaOaep256] {
        let key = DecryptionKey::generate(alg, ContentEncryption::A256GCM).unwrap();
        let directory = tempfile::tempdir().unwrap();
        let (public, private) =
            (directory.path().join("public.jwk.json"), directory.path().join("private.pem"));
        let jwk = key.encryption_key().public_jwk().unwrap();
        fs::write(&public, serde_json::to_string(&jwk).unwrap()).unwrap();
        fs::write(&private, key.to_pkcs8_pem().unwrap().expose()).unwrap();
        let format = format!("jwe:{}", public.display());

        let provider = start_with(&json("clients.json"), &["--access-tokens", &format]);

        let more = [private.to_str().unwrap(), alg.as_str()];
        run(node(), "jose_client.mjs", &provider, &more, &["decrypted", "verified", "protected resource"]);
    }
}
