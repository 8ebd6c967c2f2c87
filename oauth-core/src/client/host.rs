//! Hosts that are nobody's on the web: those of every machine, and of every network, by itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Names that no public domain has: RFC 6761 §6.3, §6.4, RFC 6762 §3, RFC 8375 §3, and `internal`, which ICANN reserved.
const LOCAL: [&str; 5] = ["localhost", "invalid", "local", "home.arpa", "internal"];

/// Tells whether a host may be one of the web: a name with a domain, or an address that is routed there.
pub(crate) fn is_public(host: &str) -> bool {
    if let Some(address) = address(host) {
        return is_public_address(address);
    }
    let labels = host.strip_suffix('.').unwrap_or(host);
    // The URL Standard §3.5: a name that ends in a number is an IPv4 address, in one of the spellings that resolvers know.
    let last = labels.rsplit('.').next().unwrap_or_default();
    let is_number =
        last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x") || last.starts_with("0X");
    labels.contains('.') && !is_number && !LOCAL.iter().any(|name| ends_with_name(host, name))
}

/// Tells whether packets to an address leave the networks of the machine.
pub(crate) fn is_public_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// The special-purpose addresses of RFC 6890 are not.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    // 0.0.0.0/8 is "this network"; 100.64.0.0/10 is shared (RFC 6598); 192.0.0.0/24 is for protocols, 198.18.0.0/15 for
    // benchmarks; from 240.0.0.0 they are reserved.
    let is_special = a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        // 6to4 relays, RFC 7526.
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240;
    !(is_special
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

/// Global unicast is 2000::/3 (RFC 4291 §2.4). An address that stands for one of IPv4 is as public as that is: mapped
/// (`::ffff:0:0/96`), translated (`64:ff9b::/96`, RFC 6052), or 6to4 (`2002::/16`, RFC 3056).
fn is_public_v6(address: Ipv6Addr) -> bool {
    let bits = address.to_bits();
    let low = |shift: u32| u32::try_from(bits >> shift & u128::from(u32::MAX)).ok().map(Ipv4Addr::from_bits);
    let embedded = match (bits >> 32, bits >> 112) {
        (0xffff | 0x0064_ff9b_0000_0000_0000_0000, _) => low(0),
        (_, 0x2002) => low(80),
        _ => None,
    };
    if let Some(embedded) = embedded {
        return is_public_v4(embedded);
    }
    // 2001::/23 is for protocols, Teredo among them; 2001:db8::/32 and 3fff::/20 (RFC 9637) are for documentation.
    let is_special = bits >> 105 == 0x2001 << 7 || bits >> 96 == 0x2001_0db8 || bits >> 108 == 0x3_fff0;
    bits >> 125 == 1 && !is_special
}

fn address(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => host.strip_suffix('.').unwrap_or(host).parse::<Ipv4Addr>().ok().map(IpAddr::V4),
    }
}

fn ends_with_name(host: &str, name: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn places_inside_are_told_from_the_web() {
        for host in [
            "localhost",
            "LOCALHOST.",
            "app.localhost",
            "127.0.0.1",
            "127.9.9.9",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "intranet",
            "db.internal",
            "printer.local",
            "router.home.arpa",
            "0",
            "2130706433",
            "0x7f.1",
            "127.1",
            "0177.0.0.1",
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "192.0.0.170",
            "198.18.0.1",
            "192.0.2.1",
            "224.0.0.1",
            "255.255.255.255",
            "10.0.0.1.",
            "[::]",
            "[fe80::1]",
            "[fc00::1]",
            "[fd12::1]",
            "[ff02::1]",
            "[::ffff:10.0.0.1]",
            "[::127.0.0.1]",
            "[64:ff9b::a00:1]",
            "[2002:a00:1::]",
            "[2001:db8::1]",
            "[2001::1]",
            "[64:ff9b:1::a00:1]",
            "[64:ff9b::a9fe:a9fe]",
            "[3fff::1]",
            "[5f00::1]",
            "[100::1]",
            "192.88.99.1",
            "[bad",
            "",
        ] {
            assert!(!is_public(host), "{host}");
        }
        for host in [
            "rp.example",
            "localhost.example.com",
            "8.8.8.8",
            "[2606:4700::1111]",
            "[2002:808:808::]",
            "[::ffff:8.8.8.8]",
            "[64:ff9b::808:808]",
            "x.0xyz.com",
        ] {
            assert!(is_public(host), "{host}");
        }
    }
}
