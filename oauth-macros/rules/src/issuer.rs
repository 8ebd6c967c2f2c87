//! Issuer identifiers, RFC 8414 §2.

use crate::host::{self, Fault};
use crate::http::{is_loopback_bytes, is_port, split_authority};
use crate::path::{is_character, is_removed, is_well_known};
use crate::text::{ShortText, after, before, contains, is_equal, starts_with};
use crate::{Broken, Rule};

rules! { "token_generator" {
    /// RFC 8414 §2: `issuer` is REQUIRED.
    ///
    /// - refused: `issuer = ""`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_2_the_issuer_is_not_empty = "is empty: it is the https URL of your server (RFC 8414 §2)";
    /// RFC 3986 §2: "A URI is composed from a limited set of characters consisting of digits, letters, and a few graphic
    /// symbols."
    ///
    /// - refused: `issuer = "https://auth.example.com/größe"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc3986_section_2_the_issuer_is_ascii = "has characters that no URL has (RFC 3986 §2): write letters, digits and `-._~` after the host";
    /// RFC 5890 §2.3.2.1: the A-label is the form that DNS knows, and that issuers are compared in.
    ///
    /// - refused: `issuer = "https://bücher.example"`
    /// - accepted: `issuer = "https://xn--bcher-kva.example"`
    both rfc5890_section_2_3_2_1_a_host_is_written_as_dns_has_it = "has letters in its host that DNS does not have: write them as browsers copy them from the address bar, with `xn--` (RFC 5890 §2.3.2.1); `https://bücher.example` is `https://xn--bcher-kva.example`";
    /// RFC 8414 §2: "a URL that uses the "https" scheme and has no query or fragment components".
    ///
    /// - refused: `issuer = "https://auth.example.com?tenant=1"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_2_the_issuer_has_no_query_and_no_fragment = "has a query or a fragment, which RFC 8414 §2 forbids: leave it out";
    /// RFC 8414 §2: "a URL that uses the "https" scheme". That `http` is for loopback is another rule.
    ///
    /// - refused: `issuer = "ftp://auth.example.com"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_2_the_issuer_is_an_https_url = "is not an https URL (RFC 8414 §2): start it with `https://`";
    /// RFC 3986 §7.6: it "can be used to construct a URI intended to mislead a human user".
    ///
    /// - refused: `issuer = "https://user@auth.example.com"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc3986_section_7_6_the_issuer_has_no_user_information = "has user information, which hides its host (RFC 3986 §7.6): leave it out";
    /// RFC 8414 §2: a URL that is https has a host (RFC 9110 §4.2.2).
    ///
    /// - refused: `issuer = "https://"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_2_the_issuer_has_a_host = "has no host (RFC 8414 §2): write `https://auth.example.com`, for example";
    /// RFC 8414 §3.3: clients compare the issuer of a token with that of the one server that they know.
    ///
    /// - refused: `issuer = "https://*.example.com"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_3_3_an_issuer_is_one_server = "has `*` in its host, and clients compare issuers byte for byte (RFC 8414 §3.3): name one server; for one of several, which is known when it starts, write `issuer = self.issuer`";
    /// RFC 3986 §6.2.2.1: "the scheme and host are case-insensitive and therefore should be normalized to lowercase". RFC 8414 §3.3
    /// compares what was written.
    ///
    /// - refused: `issuer = "https://Auth.example.com"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc3986_section_6_2_2_1_the_host_of_the_issuer_is_in_lower_case = "has the character {} in its host, which clients send in lower case, and compare byte for byte (RFC 3986 §6.2.2.1, RFC 8414 §3.3): write the host in lower case";
    /// RFC 3986 §3.2.2: `host = IP-literal / IPv4address / reg-name`.
    ///
    /// - refused: `issuer = "https://auth%2Eexample.com"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc3986_section_3_2_2_the_host_of_the_issuer_is_a_name_or_an_address = "has the character {} in its host, which is a name of letters, digits, `-`, `_` and `.`, or an address (RFC 3986 §3.2.2): write it as clients send it";
    /// RFC 5952 §4: an address has one text, and parsers of URLs write that.
    ///
    /// - refused: `issuer = "https://[0:0:0:0:0:0:0:1]:8443"`
    /// - accepted: `issuer = "https://[2001:db8::1]:8443"`
    both rfc5952_section_4_the_address_of_the_issuer_is_written_in_one_way = "has an address that clients write in another way (RFC 5952 §4), and they compare issuers byte for byte (RFC 8414 §3.3): write `{}` as the host";
    /// RFC 3986 §6.2.3: a default port is left out.
    ///
    /// - refused: `issuer = "https://auth.example.com:443"`
    /// - accepted: `issuer = "https://[2001:db8::1]:8443"`
    both rfc3986_section_6_2_3_the_issuer_has_no_default_port = "has the default port, which clients leave out, and they compare issuers byte for byte (RFC 3986 §6.2.3, RFC 8414 §3.3): remove `{}`";
    /// RFC 3986 §3.2.3: `port = *DIGIT`; and it is one of TCP's.
    ///
    /// - refused: `issuer = "https://auth.example.com:port"`
    /// - accepted: `issuer = "http://localhost:8080/tenant-1"`
    both rfc3986_section_3_2_3_the_issuer_has_a_proper_port = "has a malformed port (RFC 3986 §3.2.3): write a number of at most 65535 after the `:`, or leave both out";
    /// RFC 8414 §2 wants https. Nobody is on the way to loopback: there, for development, http will do.
    ///
    /// - refused: `issuer = "http://auth.example.com"`
    /// - accepted: `issuer = "http://localhost:8080/tenant-1"`
    both rfc8414_section_2_http_is_for_loopback = "is http off loopback, where anyone on the way can change it (RFC 8414 §2): use `https://`, or `http://127.0.0.1` for development";
    /// RFC 3986 §2.3: what is unreserved is written in one way only, and issuers are compared byte for byte.
    ///
    /// - refused: `issuer = "https://auth.example.com/a%20b"`
    /// - accepted: `issuer = "http://localhost:8080/tenant-1"`
    both rfc3986_section_2_3_the_path_of_the_issuer_is_unreserved = "has a path with other than unreserved characters (RFC 3986 §2.3): use letters, digits, `-._~`";
    /// RFC 3986 §5.2.4: clients remove dot segments, and many remove empty ones.
    ///
    /// - refused: `issuer = "https://auth.example.com/tenant/../other"`
    /// - accepted: `issuer = "http://localhost:8080/tenant-1"`
    both rfc3986_section_5_2_4_the_path_of_the_issuer_has_no_empty_and_no_dot_segments = "has an empty segment, `.` or `..` in its path, which clients remove (RFC 3986 §5.2.4): write the path without it";
    /// RFC 8414 §3: the metadata of an issuer is at a well-known name, which is inserted into the issuer and no part of it.
    ///
    /// - refused: `issuer = "https://auth.example.com/.well-known/openid-configuration"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_3_the_issuer_is_not_where_its_metadata_is = "has `.well-known` in its path, where its metadata is (RFC 8414 §3): the issuer is what stands before it";
    /// RFC 8414 §3.3: the issuer of the metadata "MUST be identical" to that which the client asked.
    ///
    /// - refused: `issuer = "https://auth.example.com/"`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_3_3_the_issuer_has_no_slash_at_its_end = "ends with `/`: clients compare issuers byte for byte (RFC 8414 §3.3), and most write none: leave it out";
} }

/// Judges an issuer of one's own: `https`, or `http` on loopback, written as clients write it. Each rule reads what those before it
/// have passed.
pub const fn check(issuer: &str) -> Result<(), Broken> {
    judge(issuer, true)
}

/// Judges the issuer of another, whose tokens a resource takes: it may end with `/`. RFC 8414 §2 allows that, and the identifier
/// is what its owner says, byte for byte (§3.3).
pub const fn check_foreign(issuer: &str) -> Result<(), Broken> {
    judge(without_slash(issuer), false)
}

/// Judges the scheme, host and port of another, which are only asked.
pub(crate) const fn check_foreign_origin(url: &str) -> Result<(), Broken> {
    judge(url, false)
}

const fn judge(issuer: &str, is_own: bool) -> Result<(), Broken> {
    let bytes = issuer.as_bytes();
    if bytes.is_empty() {
        return broken(&rfc8414_section_2_the_issuer_is_not_empty);
    }
    if !has_characters_of_urls(issuer) {
        return Err(unwritable(bytes));
    }
    if contains(bytes, b'?') || contains(bytes, b'#') {
        return broken(&rfc8414_section_2_the_issuer_has_no_query_and_no_fragment);
    }
    let is_https = starts_with(bytes, b"https://");
    if !is_https && !starts_with(bytes, b"http://") {
        return Err(no_url(bytes));
    }
    let rest = after(bytes, if is_https { 8 } else { 7 });
    let authority = before(rest, b'/');
    let (host, port) = split_authority(authority);
    if contains(authority, b'@') {
        return broken(&rfc3986_section_7_6_the_issuer_has_no_user_information);
    }
    if host.is_empty() {
        return broken(&rfc8414_section_2_the_issuer_has_a_host);
    }
    if let Err(broken) = judge_host(host, is_own) {
        return Err(broken);
    }
    if !is_port(port) {
        return broken(&rfc3986_section_3_2_3_the_issuer_has_a_proper_port);
    }
    if is_own && let Err(broken) = judge_port(is_https, port) {
        return Err(broken);
    }
    if !is_https && !is_loopback_bytes(host) {
        return broken(&rfc8414_section_2_http_is_for_loopback);
    }
    judge_path(after(rest, authority.len()), is_own)
}

/// A host of another is as its owner writes it, as long as it can be one.
const fn judge_host(host: &[u8], is_own: bool) -> Result<(), Broken> {
    let Err(fault) = host::judge(host) else { return Ok(()) };
    let of_hosts = Broken::new(&rfc3986_section_3_2_2_the_host_of_the_issuer_is_a_name_or_an_address);
    let broken = match fault {
        Fault::Character('*') => Broken::new(&rfc8414_section_3_3_an_issuer_is_one_server),
        Fault::NoAddress if is_own || matches!(host, [b'[', ..]) => of_hosts.saying("has a host that looks like an address and is none (RFC 3986 §3.2.2): write four numbers up to 255, such as `192.0.2.1`, or an IPv6 address in brackets, such as `[2001:db8::1]`"),
        _ if !is_own => return Ok(()),
        Fault::Character(found) if found.is_ascii_uppercase() => {
            Broken::new(&rfc3986_section_6_2_2_1_the_host_of_the_issuer_is_in_lower_case).by(found)
        }
        Fault::Character(found) => of_hosts.by(found),
        Fault::Label => of_hosts.saying("has a host with an empty part, or with one of more than 63 characters, which no name has (RFC 1035 §2.3.4): correct it"),
        Fault::Address(written) => {
            Broken::new(&rfc5952_section_4_the_address_of_the_issuer_is_written_in_one_way).with(written)
        }
        Fault::International | Fault::NoAddress => of_hosts,
    };
    Err(broken)
}

const fn judge_port(is_https: bool, port: &[u8]) -> Result<(), Broken> {
    let default = Broken::new(&rfc3986_section_6_2_3_the_issuer_has_no_default_port);
    if host::is_default_port(is_https, port) {
        return Err(default.with(ShortText::of(port)));
    }
    if host::has_leading_zero(port) {
        return Err(default.saying("has a port that begins with a zero, which clients leave out, and they compare issuers byte for byte (RFC 8414 §3.3): remove the zero"));
    }
    Ok(())
}

/// The path is empty, or begins with `/`.
const fn judge_path(path: &[u8], is_own: bool) -> Result<(), Broken> {
    let mut rest = path;
    while let [byte, tail @ ..] = rest {
        if !is_character(*byte as char) {
            return broken(&rfc3986_section_2_3_the_path_of_the_issuer_is_unreserved);
        }
        rest = tail;
    }
    if matches!(path, [.., b'/']) {
        return broken(&rfc8414_section_3_3_the_issuer_has_no_slash_at_its_end);
    }
    let mut rest = path;
    while let [_, tail @ ..] = rest {
        let segment = before(tail, b'/');
        if is_well_known(segment) {
            return broken(&rfc8414_section_3_the_issuer_is_not_where_its_metadata_is);
        }
        if is_own && is_removed(segment) {
            return broken(&rfc3986_section_5_2_4_the_path_of_the_issuer_has_no_empty_and_no_dot_segments);
        }
        rest = after(tail, segment.len());
    }
    Ok(())
}

/// RFC 8414 §3.1: "any terminating "/" MUST be removed before inserting "/.well-known/"".
pub const fn without_slash(issuer: &str) -> &str {
    match issuer.as_bytes() {
        [.., b'/'] => issuer.split_at(issuer.len() - 1).0,
        _ => issuer,
    }
}

/// Tells whether two issuers are the same, byte for byte (RFC 8414 §3.3).
pub const fn is_same(a: &str, b: &str) -> bool {
    is_equal(a.as_bytes(), b.as_bytes())
}

/// Tells whether the characters of a text are those of URLs, RFC 3986 §2.
pub(crate) const fn has_characters_of_urls(url: &str) -> bool {
    let mut rest = url.as_bytes();
    while let [byte, tail @ ..] = rest {
        if !matches!(*byte, 0x21..=0x7E) {
            return false;
        }
        rest = tail;
    }
    true
}

const fn broken(rule: &'static Rule) -> Result<(), Broken> {
    Err(Broken::new(rule))
}

/// The rule in words that fit what was probably meant.
const fn no_url(issuer: &[u8]) -> Broken {
    let broken = Broken::new(&rfc8414_section_2_the_issuer_is_an_https_url);
    if matches!(issuer, [b'/' | b'.', ..]) {
        broken.saying("is a path: write the whole URL, which starts with `https://` (RFC 8414 §2)")
    } else if starts_with(issuer, b"localhost")
        || starts_with(issuer, b"127.0.0.1")
        || starts_with(issuer, b"[::1]")
    {
        broken.saying("is no URL (RFC 8414 §2): start it with `http://`, which is allowed on loopback")
    } else {
        broken
    }
}

/// The words about characters that no URL has.
const fn unwritable(issuer: &[u8]) -> Broken {
    let broken = Broken::new(&rfc3986_section_2_the_issuer_is_ascii);
    if let [..=b' ', ..] | [.., ..=b' '] = issuer {
        return broken
            .saying("begins or ends with a blank or with the end of a line (RFC 3986 §2): remove it");
    }
    let scheme = if starts_with(issuer, b"https://") {
        8
    } else if starts_with(issuer, b"http://") {
        7
    } else {
        0
    };
    if before(before(after(issuer, scheme), b'/'), b'?').is_ascii() {
        broken
    } else {
        Broken::new(&rfc5890_section_2_3_2_1_a_host_is_written_as_dns_has_it)
    }
}

#[cfg(test)]
mod tests {
    /// One issuer a line, `ok` or `no` before it.
    #[test]
    fn vectors() {
        for line in include_str!("vectors/issuer.txt").lines() {
            let (verdict, issuer) = line.split_once('\t').unwrap();
            assert_eq!(super::check(issuer).is_ok(), verdict == "ok", "{issuer:?}");
        }
    }

    /// An issuer that another has written is its own, as long as it can be a URL.
    #[test]
    fn issuers_of_others() {
        for issuer in [
            "https://Auth.example.com/",
            "https://auth.example.com:443",
            "https://auth_server.example.com",
            "https://auth.example.com//tenant",
            "https://[0:0:0:0:0:0:0:1]",
        ] {
            assert_eq!(super::check_foreign(issuer), Ok(()), "{issuer}");
        }
        for issuer in [
            "https://*.example.com",
            "https://[zz::1]",
            "https://bücher.example",
            "https://op.example/.well-known/openid-configuration",
        ] {
            assert!(super::check_foreign(issuer).is_err(), "{issuer}");
        }
    }
}
