//! HTTP/1.1 by hand, so that both sides get the same bytes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// One connection; another where a server closes it.
pub(crate) struct Connection {
    port: u16,
    stream: BufReader<TcpStream>,
}

/// The answer that came back.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Connection {
    pub(crate) fn open(port: u16) -> Self {
        let stream =
            TcpStream::connect(("127.0.0.1", port)).expect("a server that is ready accepts connections");
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        Self { port, stream: BufReader::new(stream) }
    }

    /// Sends a whole request and reads the answer to it.
    pub(crate) fn send(&mut self, request: &[u8]) -> Reply {
        self.stream.get_mut().write_all(request).unwrap();
        let status_line = self.line();
        let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok());
        let mut headers = Vec::new();
        loop {
            let line = self.line();
            let Some((name, value)) = line.split_once(':') else { break };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut reply = Reply { status: status.expect("a status line"), headers, body: String::new() };
        let length = match reply.header("content-length") {
            _ if request.starts_with(b"HEAD ") => 0,
            "" => 0,
            length => length.parse().unwrap(),
        };
        assert!(!reply.header("transfer-encoding").contains("chunked"), "no answer here is streamed");
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        reply.body = String::from_utf8(body).unwrap();
        if reply.header("connection").eq_ignore_ascii_case("close") {
            *self = Self::open(self.port);
        }
        reply
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        assert!(line.ends_with("\r\n"), "the connection was closed within an answer: {line:?}");
        line.trim_end().to_owned()
    }
}

impl Reply {
    /// A header; empty if it is absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}
