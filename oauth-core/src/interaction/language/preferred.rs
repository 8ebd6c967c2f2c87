//! The language that a person reads best of those that there are.

use ::http::HeaderValue;

use super::words::Language;

/// The most languages that are looked at: more are no wish.
const LIMIT: usize = 32;

/// The languages that a person prefers, the best first: those that the client names (`ui_locales`, OIDC Core §3.1.2.1: "represented
/// as a space-separated list of BCP47 language tag values, ordered by preference"), then those of the browser (`Accept-Language`, RFC 9110 §12.5.4).
pub(in crate::interaction) fn preferred<'a, 'b>(
    ui_locales: impl IntoIterator<Item = &'a str>,
    accepted: impl IntoIterator<Item = &'b HeaderValue>,
) -> Vec<String> {
    let accepted =
        accepted.into_iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let mut accepted: Vec<_> = accepted.take(LIMIT).filter_map(weighed).collect();
    // Of the same weight, the first is the best.
    accepted.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    let accepted = accepted.into_iter().map(|(range, _)| range.to_owned());
    ui_locales.into_iter().map(str::to_owned).chain(accepted).take(LIMIT).collect()
}

/// A range of `Accept-Language`, and its weight in thousandths. RFC 9110 §12.4.2: "a value of 0 means 'not acceptable'", and
/// "at most three digits after the decimal point".
fn weighed(part: &str) -> Option<(&str, u16)> {
    let (range, parameters) = part.split_once(';').unwrap_or((part, ""));
    let weight = match parameters.split_once('=') {
        Some((name, weight)) if name.trim().eq_ignore_ascii_case("q") => thousandths(weight.trim())?,
        _ => 1000,
    };
    let range = range.trim();
    (weight > 0 && !range.is_empty() && range != "*").then_some((range, weight))
}

fn thousandths(weight: &str) -> Option<u16> {
    let (whole, digits) = weight.split_once('.').unwrap_or((weight, ""));
    let digits = (digits.len() <= 3).then(|| format!("{digits:0<3}"))?;
    let weight = whole.parse::<u16>().ok()?.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    (weight <= 1000).then_some(weight)
}

/// The first language that there is. RFC 4647 §3.4 ("Lookup"): "the language range is progressively truncated from the end until a
/// matching language tag is located"; single letters go with what they introduce. Without one it is the first of all.
pub(super) fn choose(
    languages: &[&'static dyn Language],
    preferred: &[String],
) -> Option<&'static dyn Language> {
    let named = |tag: &str| languages.iter().find(|language| language.tag().eq_ignore_ascii_case(tag));
    let best = preferred.iter().find_map(|range| shorter(range).find_map(named));
    best.or_else(|| languages.first()).copied()
}

/// A range, and what is left of it, shorter and shorter.
fn shorter(range: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(range), |range| {
        let (mut rest, _) = range.rsplit_once('-')?;
        while let Some((ahead, last)) = rest.rsplit_once('-')
            && last.len() == 1
        {
            rest = ahead;
        }
        Some(rest)
    })
}
