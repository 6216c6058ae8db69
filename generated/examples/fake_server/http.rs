//! HTTP: connections, request bodies and injected resets, on top of hyper.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use socket2::{SockRef, Socket};
use tokio::net::{TcpListener, TcpStream};

use super::api::Api;
use super::options::{Observer, Options, Stage};
use super::resets::{Reset, Resets};

/// State shared by all connections.
pub(super) struct Server {
    pub(super) api: Api,
    pub(super) resets: Resets,
    observer: Option<Observer>,
    keep_alive_timeout: Duration,
    max_body: usize,
    requests: AtomicUsize,
    connections: AtomicUsize,
}

impl Server {
    pub(super) fn new(options: Options) -> Self {
        Self {
            resets: Resets::new(options.reset_one_in, options.seed),
            observer: options.observer.clone(),
            keep_alive_timeout: options.keep_alive_timeout,
            max_body: options.max_body,
            api: Api::new(options),
            requests: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
        }
    }

    pub(super) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Accepts connections until the runtime is dropped.
    pub(super) async fn accept(self: Arc<Self>, listener: TcpListener) {
        loop {
            let Ok((stream, client)) = listener.accept().await else {
                // Most likely the process is out of file descriptors. Without a pause this would
                // be a busy loop.
                tokio::time::sleep(Duration::from_millis(10)).await;
                continue;
            };
            let server = Arc::clone(&self);
            server.connections.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                // An error means that the client is gone, has violated the protocol, or was reset
                // on purpose. Each of them ends the connection.
                let _ = server.serve(stream, client.ip()).await;
                server.connections.fetch_sub(1, Ordering::SeqCst);
            });
        }
    }

    /// Serves the requests of one connection.
    async fn serve(&self, stream: TcpStream, client: IpAddr) -> hyper::Result<()> {
        let _ = stream.set_nodelay(true);
        // A second handle of the socket: hyper owns the stream, and a reset needs a socket option.
        let socket = SockRef::from(&stream).try_clone();
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.keep_alive_timeout)
            .serve_connection(
                TokioIo::new(stream),
                service_fn(|request| self.handle(request, client, socket.as_ref())),
            )
            .await
    }

    /// Handles one request. An error closes the connection.
    async fn handle(
        &self,
        request: Request<Incoming>,
        client: IpAddr,
        socket: Result<&Socket, &io::Error>,
    ) -> io::Result<Response<Full<Bytes>>> {
        let (head, body) = request.into_parts();
        let body = self.read(body).await.map_err(io::Error::other)?;
        self.requests.fetch_add(1, Ordering::SeqCst);
        let reset = self.resets.next();

        self.observe(Stage::Received).await;
        if reset == Some(Reset::BeforeHandling) {
            return Err(self.resets.reset(socket));
        }
        let mut response = self.api.respond(&head, body.as_deref(), client);
        self.observe(Stage::Handled).await;
        if reset == Some(Reset::AfterHandling) {
            return Err(self.resets.reset(socket));
        }

        if !response.headers().contains_key(CONNECTION) {
            let timeout = format!("timeout={}", self.keep_alive_timeout.as_secs());
            if let Ok(timeout) = HeaderValue::from_str(&timeout) {
                let keep_alive = HeaderName::from_static("keep-alive");
                response.headers_mut().insert(keep_alive, timeout);
            }
        }
        Ok(response)
    }

    /// Reads a body to its end; `None` if it is too large.
    async fn read(&self, mut body: Incoming) -> hyper::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let mut too_large = false;
        // Also reads what is too large: a client that is still sending does not see a response.
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame?.into_data() else {
                continue;
            };
            too_large |= bytes.len() + data.len() > self.max_body;
            if !too_large {
                bytes.extend_from_slice(&data);
            }
        }
        Ok((!too_large).then_some(bytes))
    }

    async fn observe(&self, stage: Stage) {
        let wait = self.observer.as_ref().and_then(|observe| observe(stage));
        if let Some(wait) = wait {
            // A dropped sender releases the request too.
            let _ = wait.await;
        }
    }
}
