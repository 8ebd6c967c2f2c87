//! URLs that this process asks, or is known by.

use super::{Verdict, all, issuer};

/// The URI of an endpoint of another server. A query is allowed (RFC 6749 §3.2), and so is any path that is percent-encoded.
pub(crate) fn check_endpoint(url: &str) -> Verdict {
    all(&[issuer::has_characters_of_urls, has_no_fragment, has_origin_of_an_issuer], url)
}

/// RFC 3986 §3.5: a fragment is for whoever has the document, not for the request.
fn has_no_fragment(url: &str) -> Verdict {
    if url.contains('#') {
        return Err("has a fragment, which is never sent (RFC 3986 §3.5): leave it out".into());
    }
    Ok(())
}

/// RFC 8414 §2 of `jwks_uri`: "This URL MUST use the "https" scheme." For development, http on loopback will do.
fn has_origin_of_an_issuer(url: &str) -> Verdict {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = if host == 0 { None } else { url.get(host..).unwrap_or_default().find(['/', '?']) };
    let authority = end.map_or(url.len(), |at| host + at);
    as_issuer(url.get(..authority).unwrap_or(url))
}

/// A resource identifier, RFC 9728 §1.2: "a URL that uses the https scheme and has no fragment component". A query is
/// refused besides: no router tells its metadata apart.
pub(crate) fn check_resource(resource: &str) -> Verdict {
    as_issuer(resource.strip_suffix('/').unwrap_or(resource))
        .map_err(|reason| reason.replace("RFC 8414 §2", "RFC 9728 §1.2"))
}

/// The rules of an issuer, in words that fit.
fn as_issuer(url: &str) -> Verdict {
    issuer::check(url).map_err(|reason| reason.replace("the https URL of your server", "an https URL"))
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
        ] {
            assert_eq!(check_endpoint(url), Ok(()), "{url}");
        }
        for url in [
            "",
            "/jwks.json",
            "http://a.example/jwks.json",
            "https://a.example/#k",
            "https://a@b/",
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
