//! A connection to a server, on which one request follows another.

use serde::Deserialize;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Result;

pub(crate) struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

/// A whole answer.
pub(crate) struct Answer<'c> {
    pub(crate) head: &'c str,
    pub(crate) body: &'c [u8],
}

impl Connection {
    pub(crate) async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::with_capacity(4096) })
    }

    /// Sends a request, and waits until all of the answer is there.
    pub(crate) async fn ask(&mut self, request: &str) -> Result<Answer<'_>> {
        self.stream.write_all(request.as_bytes()).await?;
        self.read.clear();
        let head = loop {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Err("the server hung up".into());
            }
            if let Some(head) = whole(&self.read)? {
                break head;
            }
        };
        let (head, body) = self.read.split_at(head);
        Ok(Answer { head: std::str::from_utf8(head)?, body })
    }
}

impl<'c> Answer<'c> {
    /// The value of a header, its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&'c str> {
        header(self.head, name)
    }

    /// The JSON of an answer that is one; anything else ends what asked for it.
    pub(crate) fn json<T: Deserialize<'c>>(&self) -> Result<T> {
        let read = serde_json::from_slice(self.body).ok();
        read.filter(|_| self.head.starts_with("HTTP/1.1 200 ")).ok_or_else(|| self.told().into())
    }

    /// The answer, as an error tells it.
    pub(crate) fn told(&self) -> String {
        format!("not what was asked for: {}{}", self.head, String::from_utf8_lossy(self.body))
    }
}

/// The length of the head, once all of the answer is there.
fn whole(read: &[u8]) -> Result<Option<usize>> {
    let Some(end) = read.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(read.get(..end).unwrap_or_default())?;
    let length = header(head, "content-length").map(str::parse::<usize>);
    let length = length.ok_or_else(|| format!("an answer of no known length: {head}"))??;
    Ok(Some(end + 4).filter(|start| read.len() == start + length))
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().find_map(|line| {
        let (named, value) = line.split_once(':')?;
        named.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_what_was_asked_for_is_told() {
        let read = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}";
        let start = whole(read).unwrap().unwrap();
        let (head, body) = read.split_at(start);
        let answer = Answer { head: std::str::from_utf8(head).unwrap(), body };
        let told = answer.json::<serde_json::Value>().unwrap_err().to_string();
        assert!(told.starts_with("not what was asked for: HTTP/1.1 400 ") && told.ends_with("{}"), "{told}");
        assert_eq!(whole(&read[..read.len() - 1]).unwrap(), None);
    }
}
