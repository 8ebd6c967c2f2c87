//! One key for all the spellings of a login name.

use unicode_normalization::UnicodeNormalization as _;

/// The default of [`RequestValidator::get_login_key`](crate::validator::RequestValidator::get_login_key): a name without what databases and
/// directories pass over when they compare names. That is case, accents of Latin, Greek and Cyrillic letters, other widths and
/// shapes of a character (NFKC, as RFC 4518 §2.3 has it), characters that do not show (§2.2), and blanks around words (§2.6.1).
///
/// Two names with one key share their failures, and no more than that.
pub fn login_key(username: &str) -> String {
    let shapes: String = username.nfkd().filter(|c| !is_passed_over(*c)).collect();
    // Upper case first: `ß` becomes `SS`.
    let folded: String =
        shapes.to_uppercase().to_lowercase().nfkd().filter(|c| !is_passed_over(*c)).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that do not show (Default_Ignorable_Code_Point, and controls), and accents.
fn is_passed_over(c: char) -> bool {
    let is_control = c.is_control() && !matches!(c, '\t'..='\r');
    is_control
        || matches!(
            c,
            '\u{300}'..='\u{36f}'
                | '\u{ad}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffc}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::login_key;

    #[test]
    fn spellings_that_a_directory_takes_for_one_have_one_key() {
        for name in [
            "Alice",
            "  alice\t",
            "ＡＬＩＣＥ",
            "al\u{ad}ice",
            "a\u{200b}lice",
            "alice\u{fe0f}",
            "\u{feff}alice",
            "àlïcé",
            "a\u{301}lice",
            "ali\u{0}ce",
            "𝐚𝐥𝐢𝐜𝐞",
        ] {
            assert_eq!(login_key(name), "alice", "{name:?}");
        }
        assert_eq!(login_key("Jean \u{a0}  Luc"), "jean luc");
        assert_eq!(login_key("STRASSE"), login_key("straße"));
        assert_ne!(login_key("alice"), login_key("a lice"));
        assert_ne!(login_key("alice"), login_key("alicе"), "a Cyrillic letter is another one");
        assert_eq!(login_key("\u{200b}"), "");
    }
}
