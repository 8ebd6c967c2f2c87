//! URLs that a resource server asks, or is known by.

use alloc::string::{String, ToString as _};

use crate::{Rule, issuer};

rules! { "resource_server" {
    /// RFC 8414 §2 of `jwks_uri`: "This URL MUST use the "https" scheme." RFC 7662 §4 wants TLS of introspection, too. For
    /// development, http on loopback will do.
    ///
    /// - refused: `jwks = "http://auth.example.com/keys"`
    /// - accepted: `jwks = "https://auth.example.com/keys?v=1"`
    both rfc8414_section_2_the_issuer_is_asked_over_tls = "is http off loopback, where anyone on the way can change it (RFC 8414 §2): use `https://`, or `http://127.0.0.1` for development";
    /// RFC 3986 §2: "A URI is composed from a limited set of characters".
    ///
    /// - refused: `jwks = "https://auth.example.com/schlüssel"`
    /// - accepted: `jwks = "https://auth.example.com/keys?v=1"`
    both rfc3986_section_2_the_endpoints_of_an_issuer_are_ascii = "has characters that no URL has (RFC 3986 §2): percent-encode them";
    /// RFC 3986 §3.5: a fragment is for whoever has the document, not for the request.
    ///
    /// - refused: `jwks = "https://auth.example.com/keys#1"`
    /// - accepted: `jwks = "https://auth.example.com/keys?v=1"`
    both rfc3986_section_3_5_the_endpoints_of_an_issuer_have_no_fragment = "has a fragment, which is never sent (RFC 3986 §3.5): leave it out";
    /// RFC 9728 §1.2: "a URL that uses the https scheme and has no fragment component". A query is refused besides: no router
    /// tells its metadata apart.
    ///
    /// - refused: `resource = "api.example.com"`
    /// - accepted: `resource = "https://calendar.example.com/v1/"`
    both rfc9728_section_1_2_a_resource_identifier_is_an_https_url = "is not an https URL (RFC 9728 §1.2): start it with `https://`";
} }

/// Judges the URI of an endpoint of another server. A query is allowed (RFC 6749 §3.2), and so is any path that is
/// percent-encoded.
///
/// # Errors
///
/// Words that follow the URI.
pub fn check_endpoint(url: &str) -> Result<(), String> {
    if url.contains('#') {
        return Err(rfc3986_section_3_5_the_endpoints_of_an_issuer_have_no_fragment.words.into());
    }
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = if host == 0 { None } else { url.get(host..).unwrap_or_default().find(['/', '?']) };
    let origin = url.get(..end.map_or(url.len(), |at| host + at)).unwrap_or(url);
    if issuer::has_characters_of_urls(origin) && !issuer::has_characters_of_urls(url) {
        return Err(rfc3986_section_2_the_endpoints_of_an_issuer_are_ascii.words.into());
    }
    let tls = &issuer::rfc8414_section_2_http_is_for_loopback;
    as_issuer(origin, tls, &rfc8414_section_2_the_issuer_is_asked_over_tls)
}

/// Judges a resource identifier.
///
/// # Errors
///
/// Words that follow it.
pub fn check_resource(resource: &str) -> Result<(), String> {
    let https = &issuer::rfc8414_section_2_the_issuer_is_an_https_url;
    let rule = &rfc9728_section_1_2_a_resource_identifier_is_an_https_url;
    as_issuer(issuer::without_slash(resource), https, rule)
        .map_err(|words| words.replace("RFC 8414 §2", "RFC 9728 §1.2"))
}

/// The rules of an issuer, in words that fit: one of them is `rule` here.
fn as_issuer(url: &str, of_issuers: &Rule, rule: &Rule) -> Result<(), String> {
    issuer::check_foreign_origin(url).map_err(|broken| {
        let is_it = broken.rule == of_issuers && broken.words() == of_issuers.words;
        let of_others = [
            (&issuer::rfc8414_section_3_3_an_issuer_is_one_server, "has `*` in its host, and there is one that is asked: name it"),
            (
                &issuer::rfc8414_section_3_the_issuer_is_not_where_its_metadata_is,
                "has `.well-known` in its path, where its metadata is (RFC 9728 §3): write what stands before it",
            ),
        ];
        let other = of_others.into_iter().find(|(known, _)| broken.rule == *known).map(|(_, words)| words);
        let words = match (is_it, other) {
            (true, _) => rule.words.into(),
            (_, Some(words)) => words.into(),
            _ => broken.to_string(),
        };
        words.replace("the https URL of your server", "an https URL")
    })
}

/// The origin of a URL such as `https://example.com/tenant`, and its path; the path of most is empty.
pub fn split_origin(url: &str) -> (&str, &str) {
    let host = url.find("://").map_or(0, |at| at + 3);
    let path = url.get(host..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| host + at);
    url.split_at_checked(path).unwrap_or((url, ""))
}

#[cfg(test)]
mod tests {
    use super::{check_endpoint, check_resource};

    #[test]
    fn vectors() {
        for url in [
            "https://a.example/jwks.json",
            "https://a.example/keys?tenant=1",
            "http://127.0.0.1:9000/jwks.json",
            "https://a.example",
            "https://my_keys.example/jwks.json",
            "https://A.example:443//keys/../jwks.json",
        ] {
            assert_eq!(check_endpoint(url), Ok(()), "{url}");
        }
        for url in [
            "",
            "/jwks.json",
            "http://a.example/jwks.json",
            "https://a.example/#k",
            "https://a@b/",
            "https://a:+80/",
            "http:a.example",
            "https:///x",
            "ftp://a.example/",
            "https://a.example/\u{e9}",
        ] {
            assert!(check_endpoint(url).is_err(), "{url}");
        }
        for url in [
            "https://api.example",
            "https://api.example/",
            "https://api.example/v1",
            "https://api.example/v1/",
            "http://localhost:1",
        ] {
            assert_eq!(check_resource(url), Ok(()), "{url}");
        }
        for url in
            ["", "api", "http://api.example", "https://api.example#x", "https://api.example?x", "https://a@b"]
        {
            assert!(check_resource(url).is_err(), "{url}");
        }
    }
}
