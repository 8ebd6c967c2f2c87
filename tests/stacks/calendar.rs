//! A service of two methods, as tonic-prost-build writes it from a `.proto`; by hand, since that needs protoc.

use prost::Message;

#[derive(Clone, PartialEq, Eq, Message)]
pub(crate) struct Day {
    #[prost(string, tag = "1")]
    pub(crate) date: String,
}

#[derive(Clone, PartialEq, Eq, Message)]
pub(crate) struct Events {
    #[prost(string, repeated, tag = "1")]
    pub(crate) titles: Vec<String>,
}

pub(crate) mod calendar_server {
    use std::convert::Infallible;

    use tonic::codegen::{Arc, Body, BoxFuture, Context, Poll, Service, StdError, http};
    use tonic::server::{Grpc, NamedService};
    use tonic::{Request, Response, Status};
    use tonic_prost::ProstCodec;
    use tower::service_fn;

    use super::{Day, Events};

    #[tonic::async_trait]
    pub(crate) trait Calendar: Send + Sync + 'static {
        async fn list(&self, request: Request<Day>) -> Result<Response<Events>, Status>;
        async fn add(&self, request: Request<Events>) -> Result<Response<Day>, Status>;
    }

    #[derive(Debug)]
    pub(crate) struct CalendarServer<T>(Arc<T>);

    impl<T> CalendarServer<T> {
        pub(crate) fn new(service: T) -> Self {
            Self(Arc::new(service))
        }
    }

    impl<T> Clone for CalendarServer<T> {
        fn clone(&self) -> Self {
            Self(Arc::clone(&self.0))
        }
    }

    impl<T> NamedService for CalendarServer<T> {
        const NAME: &'static str = "calendar.Calendar";
    }

    impl<T, B> Service<http::Request<B>> for CalendarServer<T>
    where
        T: Calendar,
        B: Body + Send + 'static,
        B::Error: Into<StdError> + Send + 'static,
    {
        type Response = http::Response<tonic::body::Body>;
        type Error = Infallible;
        type Future = BoxFuture<Self::Response, Infallible>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: http::Request<B>) -> Self::Future {
            let service = Arc::clone(&self.0);
            Box::pin(async move {
                Ok(match request.uri().path() {
                    "/calendar.Calendar/List" => {
                        let list = service_fn(|request| {
                            let service = Arc::clone(&service);
                            async move { service.list(request).await }
                        });
                        Grpc::new(ProstCodec::default()).unary(list, request).await
                    }
                    "/calendar.Calendar/Add" => {
                        let add = service_fn(|request| {
                            let service = Arc::clone(&service);
                            async move { service.add(request).await }
                        });
                        Grpc::new(ProstCodec::default()).unary(add, request).await
                    }
                    _ => Status::unimplemented("").into_http(),
                })
            })
        }
    }
}
