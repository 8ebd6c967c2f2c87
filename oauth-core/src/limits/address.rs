//! The origin of a request: what cannot be chosen by whoever sends it.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use http::request::Parts;

use super::forwarded;

/// The address at the other end of the connection. Whoever accepts connections puts it into the extensions of each request,
/// unless axum does, as a `ConnectInfo<SocketAddr>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PeerAddress(pub IpAddr);

/// The address that a request came from, in the extensions of every [`Request`](crate::request::Request) of a running server
/// that knows it: the peer's, or what the
/// [trusted proxies](crate::server::Environment::trusted_proxies) say. It is unknown behind a proxy that is not among
/// them: where the peer is on loopback or in a private network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

/// A network by its prefix, RFC 4632 §3.1, such as `10.0.0.0/8`, or one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cidr {
    address: IpAddr,
    prefix: u8,
}

/// A text that is no [`Cidr`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidCidr(String);

impl Cidr {
    /// Tells whether an address is in the network.
    pub fn contains(&self, address: IpAddr) -> bool {
        masked(address.to_canonical(), self.prefix) == Some(masked_self(self))
    }
}

fn masked_self(cidr: &Cidr) -> IpAddr {
    masked(cidr.address, cidr.prefix).unwrap_or(cidr.address)
}

/// The first bits of an address; `None`: it has fewer.
fn masked(address: IpAddr, prefix: u8) -> Option<IpAddr> {
    match address {
        IpAddr::V4(v4) if prefix <= 32 => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            Some(IpAddr::V4((v4.to_bits() & mask).into()))
        }
        IpAddr::V6(v6) if prefix <= 128 => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            Some(IpAddr::V6((v6.to_bits() & mask).into()))
        }
        _ => None,
    }
}

impl FromStr for Cidr {
    type Err = InvalidCidr;

    fn from_str(text: &str) -> Result<Self, InvalidCidr> {
        let invalid = || InvalidCidr(text.to_owned());
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse().map_err(|_| invalid())?)),
            None => (text, None),
        };
        let address = IpAddr::from_str(address).map_err(|_| invalid())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(most);
        if prefix > most { Err(invalid()) } else { Ok(Self { address, prefix }) }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl fmt::Display for InvalidCidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no network: write an address, or one with a prefix such as 10.0.0.0/8", self.0)
    }
}

impl std::error::Error for InvalidCidr {}

/// The network that is limited as one address: one of IPv4, or the /64 of IPv6 that one subscriber has to
/// themselves (RFC 6177 §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Network(IpAddr);

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Network {
    pub(crate) fn of(extensions: &http::Extensions) -> Option<Self> {
        let ClientAddress(address) = extensions.get()?;
        Some(Self(match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
            v4 @ IpAddr::V4(_) => v4,
        }))
    }
}

/// Notes in the extensions of a request where it comes from, if that can be told.
pub(crate) fn locate(request: &mut Parts, trusted: &[Cidr]) {
    let client = peer(&request.extensions).and_then(|peer| {
        if trusted.is_empty() {
            return (!is_local(peer)).then_some(peer);
        }
        Some(forwarded::origin(&request.headers, peer, |address| {
            trusted.iter().any(|cidr| cidr.contains(address))
        }))
    });
    match client {
        Some(address) => drop(request.extensions.insert(ClientAddress(address))),
        None => drop(request.extensions.remove::<ClientAddress>()),
    }
}

fn peer(extensions: &http::Extensions) -> Option<IpAddr> {
    let own = extensions.get().map(|PeerAddress(address)| *address);
    let peer = own.or_else(|| connect_info(extensions).map(|socket| socket.ip()));
    peer.map(|address| address.to_canonical())
}

#[cfg(feature = "axum")]
fn connect_info(extensions: &http::Extensions) -> Option<SocketAddr> {
    extensions.get().map(|axum::extract::ConnectInfo(socket)| *socket)
}

#[cfg(not(feature = "axum"))]
const fn connect_info(_: &http::Extensions) -> Option<SocketAddr> {
    None
}

/// Tells whether an address is on this machine or in a private network (RFC 1918, RFC 4193, RFC 6598): more
/// likely a proxy's than a person's.
fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let is_shared = v4.octets().first() == Some(&100) && v4.to_bits() >> 22 & 3 == 1;
            v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_unspecified() || is_shared
        }
        IpAddr::V6(v6) => {
            v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local() || v6.is_unspecified()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_read_and_contain_what_they_say() {
        let contains =
            |cidr: &str, address: &str| cidr.parse::<Cidr>().unwrap().contains(address.parse().unwrap());
        assert!(contains("10.0.0.0/8", "10.255.0.1") && !contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("10.1.2.3/8", "10.9.9.9"), "the host part does not matter");
        assert!(contains("0.0.0.0/0", "192.0.2.1") && !contains("0.0.0.0/0", "2001:db8::1"));
        assert!(contains("192.0.2.1", "192.0.2.1") && !contains("192.0.2.1", "192.0.2.2"));
        assert!(contains("192.0.2.0/24", "::ffff:192.0.2.9"), "an address of IPv4 in one of IPv6");
        assert!(contains("fd00::/8", "fd12::1") && !contains("fd00::/8", "fe80::1"));
        assert!(contains("::/0", "2001:db8::1"));
        for text in ["", "10.0.0.0/33", "::/129", "10.0.0/8", "10.0.0.0/", "10.0.0.0/-1", "host"] {
            assert!(text.parse::<Cidr>().is_err(), "{text}");
        }
    }

    #[test]
    fn loopback_and_private_networks_are_local() {
        for text in
            ["127.0.0.1", "10.1.1.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd00::1", "fe80::1"]
        {
            assert!(is_local(text.parse().unwrap()), "{text}");
        }
        for text in ["192.0.2.1", "100.128.0.1", "100.0.0.1", "172.32.0.1", "2001:db8::1"] {
            assert!(!is_local(text.parse().unwrap()), "{text}");
        }
    }
}
