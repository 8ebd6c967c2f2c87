//! The body of a request, whole.

use std::pin::pin;

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use http_body::Body;
use http_body_util::BodyExt as _;

/// The reason why there is no body.
pub(super) enum NoBody {
    TooLarge,
    Broken,
}

/// Reads a body of up to `limit` bytes. Most are one piece, which is neither copied nor asked for what comes after its end: whoever
/// sends it has yet to be woken to say that there is nothing.
///
/// # Errors
///
/// If it is larger, or breaks off.
pub(super) async fn whole<B: Body>(body: B, limit: usize) -> Result<Bytes, NoBody> {
    let mut body = pin!(body);
    let (mut first, mut all) = (Bytes::new(), BytesMut::new());
    while !body.is_end_stream() {
        let Some(frame) = body.frame().await else { break };
        // What is no data is trailers, which nothing reads.
        let Ok(mut data) = frame.map_err(|_| NoBody::Broken)?.into_data() else { continue };
        let length = data.remaining();
        if length > limit - first.len() - all.len() {
            return Err(NoBody::TooLarge);
        }
        if first.is_empty() && all.is_empty() {
            first = data.copy_to_bytes(length);
        } else {
            all.put(std::mem::take(&mut first));
            all.put(data);
        }
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use http_body::Frame;

    use super::*;

    /// A body in pieces, which is not to be asked once it has ended.
    struct Pieces(VecDeque<&'static str>);

    impl Body for Pieces {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            let piece = self.0.pop_front().expect("it said that it has ended");
            Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(piece.as_bytes())))))
        }

        fn is_end_stream(&self) -> bool {
            self.0.is_empty()
        }
    }

    #[tokio::test]
    async fn a_body_is_as_long_as_its_pieces() {
        for (pieces, all) in [(&["", "ab", "", "cde", "f"][..], "abcdef"), (&["ab"], "ab"), (&[], "")] {
            let read = async |limit| whole(Pieces(pieces.iter().copied().collect()), limit).await;
            assert!(read(all.len()).await.is_ok_and(|read| read == all), "{pieces:?}");
            if !all.is_empty() {
                assert!(matches!(read(all.len() - 1).await, Err(NoBody::TooLarge)), "{pieces:?}");
            }
        }
    }
}
