//! Calls by gRPC.

use prost::Message;
use tonic::client::Grpc;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};
use tonic_prost::ProstCodec;

use crate::calendar::{Day, Events};
use crate::world::token;

/// Calls a method, with these credentials.
async fn call<A, B>(channel: &Channel, method: &'static str, asked: A, with: &str) -> Result<B, Status>
where
    A: Message + 'static,
    B: Message + Default + 'static,
{
    let mut client = Grpc::new(channel.clone());
    client.ready().await.unwrap();
    let mut request = Request::new(asked);
    if !with.is_empty() {
        request.metadata_mut().insert("authorization", with.parse().unwrap());
    }
    let path = http::uri::PathAndQuery::from_static(method);
    let answer = client.unary(request, path, ProstCodec::<A, B>::default()).await?;
    Ok(answer.into_inner())
}

async fn list(channel: &Channel, with: &str) -> Result<Events, Status> {
    call(channel, "/calendar.Calendar/List", Day { date: "2026-12-01".to_owned() }, with).await
}

/// RFC 6750 §3.1 by the status codes of gRPC.
pub(crate) async fn guards(origin: &str) {
    let channel = Channel::from_shared(origin.to_owned()).unwrap().connect().await.unwrap();
    let challenge = |status: &Status| {
        let values: Vec<_> = status.metadata().get_all("www-authenticate").iter().collect();
        values.iter().map(|value| value.to_str().unwrap()).collect::<Vec<_>>().join(", ")
    };

    let nobody = list(&channel, "").await.unwrap_err();
    assert_eq!(nobody.code(), Code::Unauthenticated);
    assert!(challenge(&nobody).starts_with("Bearer realm="), "{nobody:?}");
    let unknown = list(&channel, "Bearer unknown").await.unwrap_err();
    assert_eq!(unknown.code(), Code::Unauthenticated);
    assert!(challenge(&unknown).contains(r#"error="invalid_token""#), "{unknown:?}");
    let write_only = format!("Bearer {}", token(origin, "calendar.write").await);
    let refused = list(&channel, &write_only).await.unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);
    assert!(challenge(&refused).contains(r#"scope="calendar.read""#), "{refused:?}");

    let read_only = format!("Bearer {}", token(origin, "calendar.read").await);
    assert_eq!(list(&channel, &read_only).await.unwrap().titles, ["the events of calendar"]);
    let add = async |with: &str| {
        call::<_, Day>(&channel, "/calendar.Calendar/Add", Events { titles: Vec::new() }, with).await
    };
    assert_eq!(add(&read_only).await.unwrap_err().code(), Code::PermissionDenied);
    let both = format!("Bearer {}", token(origin, "calendar.read calendar.write").await);
    assert_eq!(add(&both).await.unwrap().date, "2026-12-01");

    // What is not there needs no token to be told so.
    let missing = call::<_, Day>(&channel, "/calendar.Diary/List", Day::default(), "").await;
    assert_eq!(missing.unwrap_err().code(), Code::Unimplemented);
}
