//! An HTTP/2 server over TLS on loopback.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;

use crate::identity::Identity;

/// What the server does with a request.
#[derive(Clone)]
pub enum Reaction {
    Respond(Head, Bytes),
    /// A response of which only a part of the body arrives, and nothing after it.
    StallInBody(Head, Bytes),
    /// The same, and then a reset of the stream.
    ResetInBody(Head, Bytes),
    ResetStream,
    CloseConnection,
    Stall,
    /// Responds when this is notified.
    Wait(Arc<Notify>, Head, Bytes),
}

/// Status and headers of a response.
pub type Head = (u16, HeaderMap);

type React = dyn Fn(&str, Bytes) -> Reaction + Send + Sync;

/// A running server. It stops when it is dropped.
pub struct Http2Server {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
    runtime: Option<Runtime>,
}

impl Http2Server {
    /// Starts a server that reacts to each method and body.
    pub fn start(
        identity: &Identity,
        react: impl Fn(&str, Bytes) -> Reaction + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a socket");
        let address = listener.local_addr().expect("the port");
        let connections = Arc::new(AtomicUsize::new(0));
        let mut runtime = Builder::new_multi_thread();
        let runtime = runtime.worker_threads(2).enable_all().build();
        let runtime = runtime.expect("a runtime");
        runtime.spawn(accept(
            listener,
            TlsAcceptor::from(identity.http2()),
            Arc::clone(&connections),
            Arc::new(react),
        ));
        Self {
            address,
            connections,
            runtime: Some(runtime),
        }
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Http2Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn accept(
    listener: TcpListener,
    tls: TlsAcceptor,
    connections: Arc<AtomicUsize>,
    react: Arc<React>,
) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
    while let Ok((stream, _)) = listener.accept().await {
        connections.fetch_add(1, Ordering::SeqCst);
        let (tls, react) = (tls.clone(), Arc::clone(&react));
        tokio::spawn(async move {
            let Ok(stream) = tls.accept(stream).await else {
                return;
            };
            let close = Arc::new(Notify::new());
            let service =
                service_fn(|request| respond(request, Arc::clone(&react), Arc::clone(&close)));
            let connection = http2::Builder::new(TokioExecutor::new());
            let connection = connection.serve_connection(TokioIo::new(stream), service);
            tokio::select! {
                _ = connection => {}
                () = close.notified() => {}
            }
        });
    }
}

async fn respond(
    request: Request<Incoming>,
    react: Arc<React>,
    close: Arc<Notify>,
) -> Result<Response<Scripted>, io::Error> {
    let method = request.method().to_string();
    let body = request
        .into_body()
        .collect()
        .await
        .map_err(io::Error::other)?;
    let (head, data, end) = match react(&method, body.to_bytes()) {
        Reaction::Respond(head, data) => (head, data, End::Done),
        Reaction::StallInBody(head, data) => (head, data, End::Stall),
        Reaction::ResetInBody(head, data) => (head, data, End::Reset),
        Reaction::ResetStream => return Err(io::ErrorKind::Other.into()),
        Reaction::CloseConnection => {
            close.notify_one();
            std::future::pending().await
        }
        Reaction::Stall => std::future::pending().await,
        Reaction::Wait(notify, head, data) => {
            notify.notified().await;
            (head, data, End::Done)
        }
    };
    let (status, headers) = head;
    let mut response = Response::new(Scripted {
        data: Some(data),
        end,
    });
    *response.status_mut() = status.try_into().map_err(io::Error::other)?;
    *response.headers_mut() = headers;
    Ok(response)
}

/// A response body.
struct Scripted {
    data: Option<Bytes>,
    end: End,
}

enum End {
    Done,
    Stall,
    Reset,
}

impl Body for Scripted {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match (self.data.take(), &self.end) {
            (Some(data), _) => Poll::Ready(Some(Ok(Frame::data(data)))),
            (None, End::Done) => Poll::Ready(None),
            (None, End::Stall) => Poll::Pending,
            (None, End::Reset) => Poll::Ready(Some(Err(io::ErrorKind::Other.into()))),
        }
    }
}
