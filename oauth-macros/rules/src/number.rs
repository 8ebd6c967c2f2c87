//! Whole numbers of arguments, and the units that people write behind them.

use alloc::format;
use alloc::string::{String, ToString as _};

use crate::entropy;
use crate::lifetime::{DAY, HOUR, MINUTE, YEAR};

rules! { "arguments" {
    /// `64k` is a literal of Rust's, whose suffix means nothing: without it, it is 64.
    ///
    /// - refused: `body_limit = 64k`
    /// - accepted: `body_limit = 16384`
    error a_number_has_no_suffix = "`{}` is a number of {} without a suffix: write `{} = {}`{}";
} }

/// A whole number that an argument takes.
#[derive(Debug)]
#[non_exhaustive]
pub struct Number {
    /// The argument.
    pub name: &'static str,
    /// A value of it that most would choose.
    pub example: u64,
    /// The things that it counts.
    pub of: &'static str,
    /// The least that it can be.
    pub least: u64,
    /// The most.
    pub most: u64,
    /// Suffixes in lower case, and what each multiplies by.
    units: &'static [(&'static [&'static str], u64)],
}

/// The largest body that a server reads.
pub static BODY_LIMIT: Number = Number {
    name: "body_limit",
    example: 65_536,
    of: "bytes",
    least: 1024,
    most: 16 * MEBI,
    units: &[
        (&["b", "byte", "bytes"], 1),
        (&["k", "kb", "kib"], KIBI),
        (&["m", "mb", "mib"], MEBI),
        (&["g", "gb", "gib"], KIBI * MEBI),
    ],
};

/// The random bits of a token.
pub static ENTROPY: Number = Number {
    name: "entropy",
    example: 256,
    of: "bits",
    least: entropy::LEAST as u64,
    most: entropy::MOST as u64,
    units: &[(&["b", "bit", "bits"], 1), (&["byte", "bytes"], 8)],
};

/// The signed tokens that a resource server knows without verifying them again.
pub static VERIFICATION_CACHE: Number = Number {
    name: "verification_cache",
    example: 10_000,
    of: "tokens",
    least: 0,
    most: MILLION,
    units: &[(&["k"], 1000), (&["m"], MILLION)],
};

/// The age of a login that a step-up takes.
pub static MAX_AGE: Number = Number {
    name: "max_age",
    example: 300,
    of: "seconds",
    least: 10,
    most: YEAR,
    units: &[
        (&["s", "sec", "secs", "second", "seconds"], 1),
        (&["m", "min", "mins", "minute", "minutes"], MINUTE),
        (&["h", "hour", "hours"], HOUR),
        (&["d", "day", "days"], DAY),
    ],
};

const MILLION: u64 = 1_000_000;
const KIBI: u64 = 1024;
const MEBI: u64 = KIBI * KIBI;

/// The suffixes of Rust's own numbers, which say how they are kept.
const TYPES: [&str; 14] =
    ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64"];

impl Number {
    /// The words about a number with a suffix, such as `64k`.
    pub fn refuse_suffix(&self, text: &str) -> String {
        let (number, product) = self.meant(text);
        a_number_has_no_suffix.says(&[&self.name, &self.of, &self.name, &number, &product])
    }

    /// The words about what is no whole number.
    pub fn refuse(&self, text: &str) -> String {
        let (name, (number, product)) = (self.name, self.meant(text));
        format!("the value of `{name}` must be a whole number: write `{name} = {number}`{product}")
    }

    /// The number that a text such as `64k` means, where it is one that the argument takes, or else the example; and how the one
    /// becomes the other.
    fn meant(&self, text: &str) -> (String, String) {
        let text: String = text.chars().filter(|c| !matches!(c, '_' | ' ')).collect();
        if let Some(number) = multiplied(&text).filter(|number| self.takes(*number)) {
            return (grouped(number), String::new());
        }
        let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (digits, suffix) = text.split_at_checked(digits).unwrap_or_default();
        let suffix = suffix.to_ascii_lowercase();
        let units = self.units.iter().find(|(names, _)| names.contains(&suffix.as_str()));
        let factor = match units {
            Some((_, factor)) => Some(*factor),
            None => (suffix.is_empty() || TYPES.contains(&suffix.as_str())).then_some(1),
        };
        let number = factor.and_then(|factor| product(digits, factor)).filter(|number| self.takes(*number));
        match (number, factor) {
            (Some(number), Some(factor @ 2..)) => {
                (grouped(number), format!(" ({digits} * {})", steps(factor)))
            }
            (Some(number), _) => (grouped(number), String::new()),
            (None, _) => (self.example.to_string(), String::new()),
        }
    }

    /// Tells whether the argument can be this.
    pub const fn takes(&self, number: u64) -> bool {
        self.least <= number && number <= self.most
    }
}

/// The value of `64*1024`.
fn multiplied(text: &str) -> Option<u64> {
    let mut factors = text.split('*').map(|factor| factor.parse::<u64>().ok());
    factors.try_fold(1_u64, |product, factor| product.checked_mul(factor?))
}

/// The product of a number, which may have decimals, and a factor, if that is a whole number.
fn product(digits: &str, factor: u64) -> Option<u64> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let one = 10_u64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let number: u64 = format!("{whole}{decimals}").parse().ok()?;
    let product = number.checked_mul(factor)?;
    product.is_multiple_of(one).then_some(product / one)
}

/// A factor as it is best understood.
fn steps(factor: u64) -> String {
    match factor {
        MEBI => "1024 * 1024".into(),
        _ => factor.to_string(),
    }
}

/// A number with `_` between its thousands, as Rust's own are written.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{BODY_LIMIT, ENTROPY, MAX_AGE, Number, VERIFICATION_CACHE, grouped};

    #[test]
    fn the_number_that_is_meant_is_advised() {
        let meant = |number: &Number, text: &str| {
            let (number, product) = number.meant(text);
            number + &product
        };
        for (text, number) in [
            ("64k", "65_536 (64 * 1024)"),
            ("64_K", "65_536 (64 * 1024)"),
            ("1m", "1_048_576 (1 * 1024 * 1024)"),
            ("1.5MiB", "1_572_864 (1.5 * 1024 * 1024)"),
            ("4096bytes", "4_096"),
            ("65536u32", "65_536"),
            ("65536.0f64", "65_536"),
            ("64u32", "65536"),
            ("9b", "65536"),
            ("1g", "65536"),
            ("99999999999999999999k", "65536"),
            ("1.0001k", "65536"),
            ("128 * 1024", "131_072"),
            ("2 * LIMIT", "65536"),
            ("64x", "65536"),
            ("1.2.3", "65536"),
            ("größe", "65536"),
            ("", "65536"),
        ] {
            assert_eq!(meant(&BODY_LIMIT, text), number, "{text}");
        }
        assert_eq!(meant(&VERIFICATION_CACHE, "50k"), "50_000 (50 * 1000)");
        assert_eq!(meant(&ENTROPY, "256bits"), "256");
        assert_eq!(meant(&ENTROPY, "32bytes"), "256 (32 * 8)");
        assert_eq!(meant(&MAX_AGE, "5m"), "300 (5 * 60)");
        assert_eq!(meant(&MAX_AGE, "2 hours"), "7_200 (2 * 3600)");
    }

    #[test]
    fn examples_are_taken() {
        let all = [&BODY_LIMIT, &ENTROPY, &VERIFICATION_CACHE, &MAX_AGE];
        assert!(all.iter().all(|number| number.takes(number.example)));
    }

    #[test]
    fn thousands_stand_apart() {
        let written = [0, 999, 1000, 65_536, 1_048_576].map(grouped);
        assert_eq!(written, ["0", "999", "1_000", "65_536", "1_048_576"]);
    }
}
