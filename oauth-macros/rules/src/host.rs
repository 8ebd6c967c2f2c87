//! Hosts and ports of URLs that are compared byte for byte. Whoever parses a URL writes them in one way only (RFC 3986 §6.2.2.1,
//! RFC 5952 §4), and in another way nobody would find them again.

use crate::text::{ShortText, after, before, contains, starts_with};

/// The fault of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A letter that DNS does not have.
    International,
    /// A character that no host has, or a capital, which clients send in lower case.
    Character(char),
    /// A part between two dots that is empty, or longer than 63 bytes (RFC 1035 §2.3.4).
    Label,
    /// An address that looks otherwise once it was parsed.
    Address(ShortText),
    /// The look of an address, of a text that is none.
    NoAddress,
}

/// Judges a host, which is not empty.
pub(crate) const fn judge(host: &[u8]) -> Result<(), Fault> {
    if !host.is_ascii() {
        return Err(Fault::International);
    }
    if let [b'[', rest @ ..] = host {
        return match rest {
            [address @ .., b']'] => judge_ipv6(host, address),
            _ => Err(Fault::NoAddress),
        };
    }
    let mut rest = host;
    while let [byte, tail @ ..] = rest {
        if !is_character(*byte as char) {
            return Err(Fault::Character(*byte as char));
        }
        rest = tail;
    }
    judge_labels(host)
}

/// Tells whether a name has this character. RFC 3986 §3.2.2 has `_`, and so have names that somebody else gave.
pub(crate) const fn is_character(character: char) -> bool {
    matches!(character, 'a'..='z' | '0'..='9' | '-' | '.' | '_')
}

/// Parts between dots, of which the last may be empty: a name that ends with a dot is complete (RFC 1034 §3.1).
const fn judge_labels(host: &[u8]) -> Result<(), Fault> {
    let mut rest = host;
    loop {
        let label = before(rest, b'.');
        if label.is_empty() || label.len() > 63 {
            return Err(Fault::Label);
        }
        rest = after(rest, label.len());
        if rest.len() <= 1 {
            // A number at the end makes an address of the whole (RFC 3986 §3.2.2, and what browsers do).
            return if is_number(label) && ipv4(host).is_none() { Err(Fault::NoAddress) } else { Ok(()) };
        }
        rest = after(rest, 1);
    }
}

/// Decimal, or hexadecimal after `0x`.
const fn is_number(label: &[u8]) -> bool {
    let (mut digits, is_hexadecimal) = match label {
        [b'0', b'x', digits @ ..] => (digits, true),
        digits => (digits, false),
    };
    while let [digit, rest @ ..] = digits {
        if !(digit.is_ascii_digit() || (is_hexadecimal && digit.is_ascii_hexdigit())) {
            return false;
        }
        digits = rest;
    }
    true
}

/// RFC 3986 §3.2.2 `IPv4address`: four numbers of one byte, without zeros before them.
const fn ipv4(mut text: &[u8]) -> Option<[u32; 2]> {
    let (mut address, mut count) = (0_u32, 0);
    loop {
        let part = before(text, b'.');
        let mut number = 0_u32;
        let mut digits = part;
        while let [digit @ b'0'..=b'9', rest @ ..] = digits {
            number = number.saturating_mul(10).saturating_add((*digit - b'0') as u32);
            digits = rest;
        }
        let has_zeros = matches!(part, [b'0', _, ..]);
        if part.is_empty() || !digits.is_empty() || number > 255 || has_zeros || count == 4 {
            return None;
        }
        (address, count) = (address << 8 | number, count + 1);
        text = after(text, part.len());
        if text.is_empty() {
            break;
        }
        text = after(text, 1);
    }
    if count == 4 { Some([address >> 16, address & 0xFFFF]) } else { None }
}

const fn judge_ipv6(host: &[u8], address: &[u8]) -> Result<(), Fault> {
    let Some(groups) = ipv6(address) else { return Err(Fault::NoAddress) };
    let text = written(groups);
    if crate::text::is_equal(text.as_str().as_bytes(), host) { Ok(()) } else { Err(Fault::Address(text)) }
}

/// The groups of an address, RFC 4291 §2.2.
const fn ipv6(mut text: &[u8]) -> Option<[u32; 8]> {
    let mut groups = [0_u32; 8];
    let (mut count, mut gap) = (0, None);
    if starts_with(text, b"::") {
        (gap, text) = (Some(0), after(text, 2));
    }
    while !text.is_empty() {
        let group = before(text, b':');
        if contains(group, b'.') {
            let Some([high, low]) = ipv4(text) else { return None };
            if count > 6 {
                return None;
            }
            (groups[count], groups[count + 1]) = (high, low);
            count += 2;
            break;
        }
        let Some(number) = hexadecimal(group) else { return None };
        if count > 7 {
            return None;
        }
        groups[count] = number;
        count += 1;
        text = after(text, group.len());
        match text {
            [] => {}
            [b':'] => return None,
            [b':', b':', rest @ ..] if gap.is_none() => (gap, text) = (Some(count), rest),
            [_, rest @ ..] => text = rest,
        }
    }
    match gap {
        None => {
            if count == 8 {
                Some(groups)
            } else {
                None
            }
        }
        Some(_) if count == 8 => None,
        Some(gap) => {
            let mut moved = [0_u32; 8];
            let mut index = 0;
            while index < count {
                moved[if index < gap { index } else { index + 8 - count }] = groups[index];
                index += 1;
            }
            Some(moved)
        }
    }
}

const fn hexadecimal(mut digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    let mut number = 0_u32;
    while let [digit, rest @ ..] = digits {
        let Some(value) = (*digit as char).to_digit(16) else { return None };
        number = number << 4 | value;
        digits = rest;
    }
    Some(number)
}

/// An address as RFC 5952 §4 has it: in lower case, without zeros before a number, and `::` for the longest row of zeros.
const fn written(groups: [u32; 8]) -> ShortText {
    let (mut row, mut row_len) = (8, 1);
    let mut start = 0;
    while start < 8 {
        let mut end = start;
        while end < 8 && groups[end] == 0 {
            end += 1;
        }
        if end - start > row_len {
            (row, row_len) = (start, end - start);
        }
        start = end + 1;
    }
    let mut text = ShortText::of(b"[");
    let mut index = 0;
    while index < 8 {
        if index == row {
            text.push(b':');
            text.push(b':');
            index += row_len;
            continue;
        }
        if index > 0 && index != row + row_len {
            text.push(b':');
        }
        text.push_number(groups[index] as u64, 16);
        index += 1;
    }
    text.push(b']');
    text
}

/// Tells whether a port, with its colon, is the one that the scheme has by default (RFC 3986 §6.2.3).
pub(crate) const fn is_default_port(is_https: bool, port: &[u8]) -> bool {
    if is_https { matches!(port, b":443") } else { matches!(port, b":80") }
}

/// Tells whether a port begins with a zero, which is not there any more once it was parsed.
pub(crate) const fn has_leading_zero(port: &[u8]) -> bool {
    matches!(port, [b':', b'0', _, ..])
}

#[cfg(test)]
mod tests {
    use super::{Fault, judge};

    #[test]
    fn names_and_addresses_that_stay_as_they_are() {
        for host in [
            "localhost",
            "auth.example.com",
            "my_app.example.com",
            "xn--bcher-kva.example",
            "auth.example.com.",
            "1.example.com",
            "4chan.org",
            "0x.example",
            "a-.example",
            "192.0.2.1",
            "255.255.255.255",
            "0.0.0.0",
            "[::1]",
            "[::]",
            "[2001:db8::1]",
            "[2001:db8:0:1:1:1:1:1]",
            "[1::]",
            "[2001:0:0:1::1]",
            "[1:2:3:4:5:6:7:8]",
        ] {
            assert_eq!(judge(host.as_bytes()), Ok(()), "{host}");
        }
    }

    #[test]
    fn addresses_that_parsers_write_in_another_way() {
        for (host, written) in [
            ("[0:0:0:0:0:0:0:1]", "[::1]"),
            ("[::01]", "[::1]"),
            ("[2001:DB8::1]", "[2001:db8::1]"),
            ("[2001:db8:0:0:1:0:0:1]", "[2001:db8::1:0:0:1]"),
            ("[2001:db8::1:1:1:1:1]", "[2001:db8:0:1:1:1:1:1]"),
            ("[::ffff:192.0.2.1]", "[::ffff:c000:201]"),
            ("[0:0:0:0:0:0:0:0]", "[::]"),
            ("[1:0:0:0:0:0:0:0]", "[1::]"),
        ] {
            let Err(Fault::Address(text)) = judge(host.as_bytes()) else { panic!("{host}") };
            assert_eq!(text.as_str(), written, "{host}");
            let parsed: core::net::Ipv6Addr = host.trim_matches(['[', ']']).parse().unwrap();
            let again: core::net::Ipv6Addr = written.trim_matches(['[', ']']).parse().unwrap();
            assert_eq!(parsed, again, "{host}");
        }
    }

    #[test]
    fn what_is_no_address() {
        for host in [
            "[zz::1]",
            "[]",
            "[",
            "[::1",
            "[:::1]",
            "[1::2::3]",
            "[1:2:3:4:5:6:7]",
            "[1:2:3:4:5:6:7:8:9]",
            "[1:2:3:4:5:6:7::8]",
            "[1:]",
            "[:1]",
            "[12345::]",
            "[::1.2.3]",
            "[1.2.3.4::]",
            "[1:2:3:4:5:6:7:1.2.3.4]",
            "[fe80::1%25eth0]",
            "[v1.fe80]",
            "127.1",
            "2130706433",
            "0x7f.1",
            "127.0.0.01",
            "256.0.0.1",
            "1.2.3.4.5",
            "1.2.3.0x4",
            "example.1",
        ] {
            assert_eq!(judge(host.as_bytes()), Err(Fault::NoAddress), "{host}");
        }
    }

    #[test]
    fn what_is_no_name() {
        assert_eq!(judge("bücher.example".as_bytes()), Err(Fault::International));
        for (host, found) in [("*.example.com", '*'), ("A.example", 'A'), ("a%2eb", '%'), ("a[::1]", '[')] {
            assert_eq!(judge(host.as_bytes()), Err(Fault::Character(found)), "{host}");
        }
        for host in ["a..b", ".a", ".", "a.."] {
            assert_eq!(judge(host.as_bytes()), Err(Fault::Label), "{host}");
        }
        let [longest, longer] = [63, 64].map(|len| "a".repeat(len));
        assert_eq!((judge(longest.as_bytes()), judge(longer.as_bytes())), (Ok(()), Err(Fault::Label)));
    }
}
