//! Published examples, computed forwards: encryption is only determined by keys and vectors that callers cannot choose.

use aws_lc_rs::agreement::PrivateKey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::agreement::{EcdhCurve, KeyInfo, derive};
use super::compact::join;
use super::encryption::{agreed_key, wrap};
use super::recipient::Public;
use super::{ContentEncryption, DecryptionKey, KeyManagement};

#[derive(Deserialize)]
struct Vector {
    name: String,
    key: serde_json::Value,
    enc: String,
    plaintext: String,
    cek: String,
    ephemeral: Option<String>,
    jwe: String,
}

fn decode(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

pub(super) fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// RFC 7516 Appendix A and RFC 7520 §5: every example of our algorithms, part by part.
#[test]
fn examples_of_rfc_7516_and_rfc_7520() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("vectors.json")).unwrap();
    for vector in vectors {
        let name = &vector.name;
        let enc = ContentEncryption::from_name(&vector.enc).unwrap();
        let key = DecryptionKey::from_jwk(&vector.key.to_string()).unwrap().with_enc(enc).unwrap();
        let [header, encrypted, iv, _, _]: [&str; 5] =
            vector.jwe.split('.').collect::<Vec<_>>().try_into().unwrap();
        let (cek, encrypted, iv) = (decode(&vector.cek), decode(encrypted), decode(iv));
        let alg = key.encryption_key().alg();
        match (key.encryption_key().recipient(), &vector.ephemeral) {
            (Public::Ec(curve, public, _), Some(ephemeral)) => {
                let private = PrivateKey::from_private_key(curve.algorithm(), &decode(ephemeral)).unwrap();
                let agreed = derive(&private, public.clone(), &agreed_key(alg, enc, &[], &[])).unwrap();
                if alg == KeyManagement::EcdhEs {
                    assert_eq!(*agreed, cek, "{name}");
                } else {
                    assert_eq!(wrap(&agreed, &cek).unwrap(), encrypted, "{name}");
                }
            }
            (Public::Secret(secret), None) if alg == KeyManagement::Dir => {
                assert_eq!(**secret, cek, "{name}");
            }
            (Public::Secret(secret), None) => assert_eq!(wrap(secret, &cek).unwrap(), encrypted, "{name}"),
            _ => panic!("{name}: not an example of ours"),
        }
        let sealed = enc.seal(&cek, &iv, header.as_bytes(), vector.plaintext.into()).unwrap();
        assert_eq!(join(header, &encrypted, &iv, &sealed), vector.jwe, "{name}");
    }
}

/// RFC 7516 Appendix A.1 encrypts its key with RSA-OAEP, which is not offered; its content is encrypted with A256GCM.
#[test]
fn rfc_7516_appendix_a_1_content() {
    let key = decode("saH0gFSP4XM_tAP_a5rU9ooHbltwLiJpL4LLLnrqQPw");
    let (aad, iv) = (b"eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ", decode("48V1_ALb6US04U3b"));
    let plaintext = b"The true sign of intelligence is not knowledge but imagination.";
    let mut sealed = ContentEncryption::A256GCM.seal(&key, &iv, aad, plaintext.to_vec()).unwrap();
    assert_eq!(
        URL_SAFE_NO_PAD.encode(&sealed.ciphertext),
        "5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A"
    );
    assert_eq!(URL_SAFE_NO_PAD.encode(&sealed.tag), "XFBoMYUZodetZdvTiFvSkQ");
    let opened = ContentEncryption::A256GCM.open(&key, &iv, aad, &mut sealed.ciphertext, &sealed.tag);
    assert_eq!(opened.unwrap(), plaintext);
}

/// RFC 7518 Appendix C: an agreement with both parties named.
#[test]
fn rfc_7518_appendix_c_key_derivation() {
    let curve = EcdhCurve::P256;
    let alice = PrivateKey::from_private_key(
        curve.algorithm(),
        &decode("0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo"),
    );
    let bob = curve.public_key(
        &decode("weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ"),
        &decode("e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"),
    );
    let info = KeyInfo { algorithm_id: "A128GCM", party_u: b"Alice", party_v: b"Bob", len: 16 };
    let key = derive(&alice.unwrap(), bob.unwrap(), &info).unwrap();
    assert_eq!(URL_SAFE_NO_PAD.encode(key), "VqqN6vgjbSBcIijNcacQGg");
}

/// RFC 7518 Appendix B: the test case of each algorithm, and what a wrong tag does to it.
#[test]
fn rfc_7518_appendix_b_authenticated_encryption() {
    let text = b"A cipher system must not be required to be secret, and it must be able to fall into the hands of the \
                 enemy without inconvenience";
    let aad = b"The second principle of Auguste Kerckhoffs";
    let iv = [0x1a, 0xf3, 0x8c, 0x2d, 0xc2, 0xb9, 0x6f, 0xfd, 0xd8, 0x66, 0x94, 0x09, 0x23, 0x41, 0xbc, 0x04];
    for (enc, start, tag) in [
        (
            ContentEncryption::A128CbcHs256,
            "c80edfa32ddf39d5ef00c0b468834279",
            "652c3fa36b0a7c5b3219fab3a30bc1c4",
        ),
        (
            ContentEncryption::A256CbcHs512,
            "4affaaadb78c31c5da4b1b590d10ffbd",
            "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5",
        ),
    ] {
        let key: Vec<u8> = (0..u8::try_from(enc.key_len()).unwrap()).collect();
        let sealed = enc.seal(&key, &iv, aad, text.to_vec()).unwrap();
        assert!(sealed.ciphertext.starts_with(&hex(start)));
        assert_eq!((sealed.ciphertext.len(), &sealed.tag), (144, &hex(tag)));
        for index in 0..sealed.tag.len() {
            let mut wrong = sealed.tag.clone();
            wrong[index] ^= 1;
            assert!(enc.open(&key, &iv, aad, &mut sealed.ciphertext.clone(), &wrong).is_err());
            assert!(enc.open(&key, &iv, aad, &mut sealed.ciphertext.clone(), &wrong[..index]).is_err());
        }
        let opened =
            enc.open(&key, &iv, aad, &mut sealed.ciphertext.clone(), &sealed.tag).map(<[u8]>::to_vec);
        assert_eq!(opened.unwrap(), text);
    }
}

/// A header that is authentic is refused all the same if it asks for something else: its sender has the key, or an oracle.
#[test]
fn what_an_authentic_header_cannot_ask_for() {
    let (secret, enc) = ([7; 32], ContentEncryption::A256GCM);
    let key = DecryptionKey::secret(secret, KeyManagement::A256KW, enc).unwrap().with_kid("k1").unwrap();
    let decrypts = |header: &str| {
        let (header, cek, iv) = (URL_SAFE_NO_PAD.encode(header), [1; 32], [2; 12]);
        let sealed = enc.seal(&cek, &iv, header.as_bytes(), b"text".to_vec()).unwrap();
        key.decrypt(&join(&header, &wrap(&secret, &cek).unwrap(), &iv, &sealed)).is_ok()
    };
    let with = |member: &str| format!(r#"{{"alg":"A256KW","enc":"A256GCM"{member}}}"#);
    for good in ["", r#","kid":"k1""#, r#","x":1"#, r#","typ":"JWT","cty":"JWT""#, r#","jwk":{},"x5c":[]"#] {
        assert!(decrypts(&with(good)), "{good}");
    }
    for bad in [
        r#","crit":["exp"],"exp":1"#,
        r#","crit":[]"#,
        r#","crit":null"#,
        r#","zip":"DEF""#,
        r#","zip":null"#,
        r#","kid":"k2""#,
        r#","alg":"A256KW""#,
    ] {
        assert!(!decrypts(&with(bad)), "{bad}");
    }
    for bad in [
        r#"{"alg":"dir","enc":"A256GCM"}"#,
        r#"{"alg":"RSA1_5","enc":"A256GCM"}"#,
        r#"{"alg":"A256KW","enc":"A128GCM"}"#,
        r#"{"alg":"a256kw","enc":"A256GCM"}"#,
        r#"{"alg":"A256KW"}"#,
        r#"{"enc":"A256GCM"}"#,
        "[]",
        "",
    ] {
        assert!(!decrypts(bad), "{bad}");
    }
}
