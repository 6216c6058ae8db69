//! A web service that creates tasks, and keeps the API key to itself.

use std::convert::Infallible;
use std::error::Error;

use bytes::Bytes;
use comp_ai_client::types::CreateTask;
use comp_ai_client::{Client, ErrorKind};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

const MAX_BODY: usize = 64 * 1024;

/// Serves until an error of the listener.
pub async fn serve(listener: TcpListener, client: Client) -> Result<(), Box<dyn Error>> {
    loop {
        let (stream, _) = listener.accept().await?;
        // Clones share their connections.
        let client = client.clone();
        let service = service_fn(move |request| {
            let client = client.clone();
            async move { Ok::<_, Infallible>(handle(&client, request).await) }
        });
        tokio::spawn(async move {
            let connection = hyper::server::conn::http1::Builder::new();
            let served = connection
                .serve_connection(TokioIo::new(stream), service)
                .await;
            served.inspect_err(|error| eprintln!("connection: {error}"))
        });
    }
}

async fn handle(client: &Client, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let Ok(body) = Limited::new(request.into_body(), MAX_BODY).collect().await else {
        return respond(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large");
    };
    let task: CreateTask = match serde_json::from_slice(&body.to_bytes()) {
        Ok(task) => task,
        Err(error) => return respond(StatusCode::BAD_REQUEST, error.to_string()),
    };
    match client.create_task(&task).await {
        Ok(task) => match serde_json::to_vec(&task) {
            Ok(json) => respond(StatusCode::CREATED, json),
            Err(error) => respond(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        },
        Err(error) => {
            eprintln!("{error}");
            let status = match error.kind() {
                _ if error.is_rate_limited() => StatusCode::TOO_MANY_REQUESTS,
                _ if error.is_timeout() => StatusCode::GATEWAY_TIMEOUT,
                ErrorKind::Status if error.status() == Some(StatusCode::BAD_REQUEST) => {
                    StatusCode::BAD_REQUEST
                }
                _ => StatusCode::BAD_GATEWAY,
            };
            // What the server says is for the caller, the rest is for the log.
            respond(status, error.message().unwrap_or_default())
        }
    }
}

fn respond(status: StatusCode, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    response
}
