//! Ports for servers of tests.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

/// The ports that are tried: none that the kernel gives to whoever connects, who would have it when its server starts again.
const PORTS: std::ops::Range<u32> = 10_000..30_000;

/// A port of 127.0.0.1 that nobody has, and that is given once in this process. Other processes begin elsewhere.
#[must_use]
pub fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let count = PORTS.end - PORTS.start;
    let first = std::process::id().wrapping_mul(127) % count;
    PORTS
        .map(|_| PORTS.start + (first + NEXT.fetch_add(1, Ordering::Relaxed)) % count)
        .filter_map(|port| u16::try_from(port).ok())
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .expect("a port is free")
}
