//! The time that a document may be kept, RFC 9111 §4.2.1, within bounds of our own.

use std::time::Duration;

use http::HeaderMap;
use http::header::{AGE, CACHE_CONTROL};

/// The least time of a document, whatever its server says: one that is fetched with every request would be a load on both.
const LEAST: Duration = Duration::from_secs(30);

/// The longest time of a document, whatever its server says: a client that is taken over is its own again after this.
const MOST: Duration = Duration::from_hours(24);

/// The time of a document whose server says nothing.
const UNSTATED: Duration = Duration::from_mins(5);

/// The time that a response with these headers may be kept: `s-maxage`, for we share it among people, or else `max-age`, less the
/// `Age` that it has already.
pub(super) fn of(headers: &HeaderMap) -> Duration {
    let directives = headers.get_all(CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let directives: Vec<_> = directives.flat_map(|value| value.split(',')).map(str::trim).collect();
    let is = |name: &str| directives.iter().any(|directive| directive.eq_ignore_ascii_case(name));
    let seconds = |name: &str| {
        directives.iter().find_map(|directive| {
            let (known, value) = directive.split_once('=')?;
            let is_named = known.trim().eq_ignore_ascii_case(name);
            is_named.then(|| value.trim().trim_matches('"').parse().ok())?
        })
    };
    if is("no-store") || is("no-cache") || is("private") {
        return LEAST;
    }
    let age = headers.get(AGE).and_then(|age| age.to_str().ok()?.trim().parse().ok()).unwrap_or(0);
    let stated: Option<u64> = seconds("s-maxage").or_else(|| seconds("max-age"));
    let fresh_for = stated.map_or(UNSTATED, |seconds| Duration::from_secs(seconds.saturating_sub(age)));
    fresh_for.clamp(LEAST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh_for(cache_control: &str) -> u64 {
        let mut headers = HeaderMap::new();
        headers.insert(CACHE_CONTROL, cache_control.parse().unwrap());
        of(&headers).as_secs()
    }

    #[test]
    fn a_server_says_how_long_within_bounds() {
        assert_eq!(of(&HeaderMap::new()), UNSTATED);
        for (cache_control, seconds) in [
            ("max-age=600", 600),
            ("public, max-age=600, s-maxage=1200", 1200),
            ("Max-Age=\"600\"", 600),
            ("max-age=1", 30),
            ("max-age=0", 30),
            ("max-age=99999999", 86_400),
            ("no-store, max-age=600", 30),
            ("max-age=-1", 300),
            ("max-age=99999999999999999999999", 300),
        ] {
            assert_eq!(fresh_for(cache_control), seconds, "{cache_control}");
        }
    }
}
