//! oauthlib's `random_token_generator` makes 30 alphanumeric characters (178 bits); ours makes 256 bits, with a prefix and
//! a checksum for those who want them.

use oauth_core::prelude::*;
use proptest::prelude::*;

const PREFIXED: Opaque = Opaque::DEFAULT.prefix("acme_at_");

fn generate(generator: Opaque) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(generator.generate_token(&Request::default())).unwrap()
}

#[test]
fn the_default_has_256_bits_and_nothing_else() {
    let tokens: std::collections::HashSet<String> = (0..1000).map(|_| generate(Opaque::DEFAULT)).collect();
    assert_eq!(tokens.len(), 1000);
    for token in tokens {
        let bytes =
            base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, &token).unwrap();
        assert_eq!(bytes.len(), 32);
        assert!(Opaque::DEFAULT.looks_valid(&token));
        assert!(!PREFIXED.looks_valid(&token));
    }
}

#[test]
fn a_prefix_brings_a_checksum() {
    let token = generate(PREFIXED);
    assert_eq!(token.len(), "acme_at_".len() + 43 + 6);
    assert!(token.starts_with("acme_at_"));
    assert!(PREFIXED.looks_valid(&token));
    assert!(!Opaque::DEFAULT.prefix("acme_rt_").looks_valid(&token));
    assert!(!Opaque::DEFAULT.looks_valid(&token));
    for not_one in
        ["", "acme_at_", "acme_at_x", &token[..token.len() - 1], &format!("{token}0"), &"é".repeat(30)]
    {
        assert!(!PREFIXED.looks_valid(not_one), "{not_one}");
    }
}

#[tokio::test]
async fn rfc_6750_section_2_1_a_prefix_that_no_bearer_token_may_have_is_refused() {
    for prefix in ["with space", "a=b", "ümlaut", "a\"b", "a\nb"] {
        let generator = Opaque::DEFAULT.prefix(prefix);
        let message = generator.tokens().check().unwrap_err();
        assert!(message.contains("(RFC 6750 §2.1)") && !message.contains('\n'), "{message}");
        let error = generator.generate_token(&Request::default()).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::ServerError);
    }
    assert_eq!(PREFIXED.tokens().check(), Ok(()));
    assert_eq!(Opaque::DEFAULT.tokens().check(), Ok(()));
}

#[test]
fn rfc_6749_section_10_10_entropy_is_as_said_and_128_bits_at_least() {
    for (bits, characters) in [(128, 22), (129, 23), (160, 27), (256, 43), (512, 86)] {
        let generator = Opaque::DEFAULT.entropy(bits);
        let token = generate(generator);
        let bytes =
            base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, &token).unwrap();
        assert_eq!((token.len(), bytes.len()), (characters, usize::from(bits).div_ceil(8)));
        assert!(generator.looks_valid(&token));
        assert_eq!(Opaque::DEFAULT.looks_valid(&token), bits == 256);
        let prefixed = generate(generator.prefix("acme_at_"));
        assert!(generator.prefix("acme_at_").looks_valid(&prefixed), "{prefixed}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for (bits, says) in [
        (0, "RFC 6749 §10.10"),
        (127, "128 random bits at least"),
        (513, "write 512 at most"),
        (u16::MAX, "SHA-256"),
    ] {
        let generator = Opaque::DEFAULT.entropy(bits);
        assert!(generator.tokens().check().is_err_and(|message| message.contains(says)), "{bits}");
        let error = runtime.block_on(generator.generate_token(&Request::default())).unwrap_err();
        assert_eq!(error.code(), ErrorCode::ServerError);
    }
    assert_eq!(Opaque::default(), Opaque::DEFAULT);
}

proptest! {
    #[test]
    fn a_mistyped_token_does_not_look_valid(index in 0usize..57, to in "[A-Za-z0-9_-]") {
        let mut token = generate(PREFIXED);
        let before = token.clone();
        token.replace_range(index..=index, &to);
        prop_assert_eq!(PREFIXED.looks_valid(&token), token == before);
    }

    #[test]
    fn looking_never_panics(token in any::<String>()) {
        prop_assert!(!PREFIXED.looks_valid(&token));
        let prefixed = format!("acme_at_{token}");
        prop_assert!(!PREFIXED.looks_valid(&prefixed));
    }
}
