//! Client metadata, RFC 7591 §2: what is accepted is a client that can be kept.

#![no_main]

use libfuzzer_sys::fuzz_target;
use oauth_core::client::{Client, ClientMetadata, ClientSecret, RedirectUri};
use serde_json::Value;

fuzz_target!(|input: &[u8]| {
    let secret =
        ClientSecret::new("a secret of more than sixty-four characters, for any algorithm of HMAC").unwrap();
    let read = || serde_json::from_slice::<ClientMetadata>(input);
    // Members that are not understood are ignored, even those that hold half of a surrogate pair.
    let (Ok(_), Ok(sent)) = (read(), serde_json::from_slice::<Value>(input)) else { return };
    for secret in [None, Some(&secret)] {
        let Ok(client) = read().unwrap().into_builder("client", secret).and_then(|builder| builder.build())
        else {
            continue;
        };
        let kept = serde_json::to_value(&client).unwrap();
        let again: Client = serde_json::from_value(kept.clone()).expect("what is kept is read again");
        assert_eq!(serde_json::to_value(&again).unwrap(), kept);
        for uri in sent["redirect_uris"].as_array().into_iter().flatten() {
            assert!(RedirectUri::parse(uri.as_str().unwrap()).is_ok(), "{uri}");
        }
        for key in sent["jwks"]["keys"].as_array().into_iter().flatten() {
            assert!(key.get("d").is_none() && key.get("k").is_none(), "a private key is kept");
        }
        assert_ne!(sent["id_token_signed_response_alg"], "none");
        assert!(!kept.to_string().contains("a secret of more than"), "only a hash is kept");
    }
});
