//! What is in a program, by its symbols and its texts.

/// What the smallest server uses, as its symbols name it: without these words, the program has none, and nothing would be found.
const USED: [&str; 4] = ["10oauth_core", "aws_lc", "5hyper", "client_credentials"];

/// What it does not use: by the names of crates, which are in the names of their functions and in the paths of their sources, and by
/// texts of ours.
const UNUSED: [(&str, &str); 22] = [
    ("the built-in pages", "askama"),
    ("the built-in pages", "interaction5pages"),
    ("an endpoint that it does not offer", "RegistrationEndpoint"),
    ("an endpoint that it does not offer", "UserinfoEndpoint"),
    ("an endpoint that it does not offer", "EndSessionEndpoint"),
    ("passwords", "argon2"),
    ("passwords", "6blake2"),
    ("passwords", "unicode_normalization"),
    ("SQL", "sqlx"),
    ("SQL", "sqlite"),
    ("SQL", "CREATE TABLE"),
    ("Valkey", "redis"),
    ("Valkey", "EVALSHA"),
    ("TLS", "rustls"),
    ("TLS", "hyper_util6client"),
    ("XML", "quick_xml"),
    ("Unicode's tables", "icu_"),
    ("Unicode's tables", "idna"),
    ("regular expressions", "regex_automata"),
    ("a command line", "clap_builder"),
    ("another JOSE", "jsonwebtoken"),
    ("a subscriber of the log", "tracing_subscriber"),
];

/// Judges the bytes of a program that has its symbols.
///
/// # Errors
///
/// What it has and should not have, or what cannot be missing.
pub(super) fn judge(program: &[u8]) -> Result<(), String> {
    let missing: Vec<_> = USED.into_iter().filter(|word| !has(program, word)).collect();
    if !missing.is_empty() {
        return Err(format!(
            "it has no {missing:?}, which it uses: it has been stripped, or is another program"
        ));
    }
    let found: Vec<_> = UNUSED
        .into_iter()
        .filter_map(|(what, word)| Some(format!("{what} (`{}`)", around(program, word)?)))
        .collect();
    if found.is_empty() { Ok(()) } else { Err(format!("it has what it does not use:\n{}", found.join("\n"))) }
}

fn has(program: &[u8], word: &str) -> bool {
    around(program, word).is_some()
}

/// The text or the name that a word is first found in.
fn around(program: &[u8], word: &str) -> Option<String> {
    let at = program.windows(word.len()).position(|bytes| bytes == word.as_bytes())?;
    let is_text = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    let before = program.get(..at)?.iter().rev().take(60).take_while(|byte| is_text(byte)).count();
    let after = program.get(at..)?.iter().take(100).take_while(|byte| is_text(byte)).count();
    Some(String::from_utf8_lossy(program.get(at - before..at + after)?).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_with_something_else_is_refused() {
        let used = USED.join("\0");
        judge(used.as_bytes()).unwrap();
        for (what, word) in UNUSED {
            let found = judge(format!("{used}\0_ZN4{word}3fmt\0").as_bytes()).unwrap_err();
            assert!(found.contains(what) && found.contains(&format!("`_ZN4{word}3fmt`")), "{found}");
        }
    }

    #[test]
    fn a_program_without_symbols_is_refused() {
        assert!(judge(b"client_credentials").unwrap_err().contains("10oauth_core"));
    }
}
