//! Durations, as `"15m"`, `"1h30m"` or `"30d"`.

const UNITS: [(char, u64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// Reads a duration of `d`, `h`, `m` and `s`, each at most once and in this order; in seconds. A number alone is none: an
/// OAuth response counts seconds (RFC 6749 §5.1), and people count days.
pub(crate) fn parse(text: &str) -> Result<u64, &'static str> {
    const MALFORMED: &str = "is not a duration: write `90s`, `15m`, `1h30m` or `30d`";
    const TOO_LONG: &str = "is more seconds than can be counted";
    let mut seconds = 0_u64;
    let mut units = UNITS.iter();
    let mut rest = text;
    if rest.is_empty() {
        return Err(MALFORMED);
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = rest.split_at(digits);
        let unit = after.chars().next().ok_or(if number == rest {
            "has no unit: write `s`, `m`, `h` or `d` after the number"
        } else {
            MALFORMED
        })?;
        if number.is_empty() {
            return Err(MALFORMED);
        }
        let number: u64 = number.parse().map_err(|_| TOO_LONG)?;
        let (_, in_seconds) = units.find(|(name, _)| *name == unit).ok_or(MALFORMED)?;
        seconds =
            number.checked_mul(*in_seconds).and_then(|more| seconds.checked_add(more)).ok_or(TOO_LONG)?;
        rest = &after[unit.len_utf8()..];
    }
    Ok(seconds)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn vectors() {
        for (text, seconds) in [
            ("1s", 1),
            ("90s", 90),
            ("15m", 900),
            ("1h", 3600),
            ("30d", 2_592_000),
            ("1h30m", 5400),
            ("1d1s", 86_401),
            ("0s", 0),
        ] {
            assert_eq!(parse(text), Ok(seconds), "{text}");
        }
        for text in [
            "",
            "15",
            "m",
            "m15",
            "15 m",
            "15M",
            "15m15m",
            "30m1h",
            "1.5h",
            "-1s",
            "1w",
            "99999999999999999999s",
            "999999999999999999d",
            "1h30",
            "15µ",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
