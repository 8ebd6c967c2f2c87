//! Documents of an OpenID provider that say what is not so.

use serde_json::{Value, json};

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "metadata::oidc_discovery_section_4_both_documents_are_one",
        |h, _| h.seen.path.ends_with("/openid-configuration"),
        |_, s| s.set("claims_supported", json!(["of", "this", "document", "alone"])),
    ),
    mutant(
        "metadata::rfc7517_section_5_the_key_set_is_public",
        // Whoever verifies a signature with it has asked for a token before.
        |h, _| h.seen.at("/jwks.json") && h.past.is_empty(),
        |_, s| {
            s.edit(|set| {
                if let Some(Value::Object(key)) = set.get_mut("keys").and_then(|keys| keys.get_mut(0)) {
                    key.insert("k".to_owned(), json!("AA"));
                }
            });
        },
    ),
];
