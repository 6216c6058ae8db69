//! A web service that updates tasks (`PATCH /tasks/{id}`), and keeps the API key to itself.

use std::convert::Infallible;

use bytes::Bytes;
use comp_ai_client::types::{MemberId, TaskId, TaskStatus, UpdateTask};
use comp_ai_client::{Client, Error, ErrorKind, Patch};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::header::RETRY_AFTER;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde::{Deserialize, Deserializer};
use tokio::net::TcpListener;

const MAX_BODY: usize = 64 * 1024;

/// Body of a request. It rejects what `UpdateTask` accepts: unknown keys, a status that is not listed, and null in
/// a field that is not nullable.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
struct Changes {
    #[serde(deserialize_with = "not_null")]
    title: Option<String>,
    #[serde(deserialize_with = "listed")]
    status: Option<TaskStatus>,
    assignee_id: Patch<MemberId>,
}

fn not_null<'de, T, D>(input: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(input).map(Some)
}

fn listed<'de, D: Deserializer<'de>>(input: D) -> Result<Option<TaskStatus>, D::Error> {
    let value = TaskStatus::try_parse(&String::deserialize(input)?);
    value.map(Some).map_err(serde::de::Error::custom)
}

impl From<Changes> for UpdateTask {
    fn from(changes: Changes) -> Self {
        let mut update = UpdateTask::new();
        update.title = changes.title;
        update.status = changes.status;
        update.assignee_id = changes.assignee_id;
        update
    }
}

/// Serves until an error of the listener.
pub async fn serve(listener: TcpListener, client: Client) -> std::io::Result<()> {
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
    let id = request.uri().path().strip_prefix("/tasks/");
    let Some(id) = id.filter(|_| request.method() == Method::PATCH) else {
        return respond(StatusCode::NOT_FOUND, "use PATCH /tasks/{id}");
    };
    let id = TaskId::from(id);
    let Ok(body) = Limited::new(request.into_body(), MAX_BODY).collect().await else {
        return respond(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large");
    };
    let changes: Changes = match serde_json::from_slice(&body.to_bytes()) {
        Ok(changes) => changes,
        Err(error) => return respond(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
    };
    match client.update_task(id, &changes.into()).await {
        Ok(task) => match serde_json::to_vec(&task) {
            Ok(json) => respond(StatusCode::OK, json),
            Err(error) => respond(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        },
        Err(error) => failed(&error),
    }
}

fn failed(error: &Error) -> Response<Full<Bytes>> {
    let status = match (error.kind(), error.status()) {
        (ErrorKind::InvalidInput, _) | (_, Some(StatusCode::BAD_REQUEST)) => {
            StatusCode::BAD_REQUEST
        }
        // It is this service that is rejected, not its caller.
        (_, Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)) => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
        (_, Some(StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)) => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        (ErrorKind::Timeout, _) => StatusCode::GATEWAY_TIMEOUT,
        _ => StatusCode::BAD_GATEWAY,
    };
    // The error itself contains no API key; `error.message()` would, if the server echoed it.
    let mut response = respond(status, error.to_string());
    if let Some(wait) = error.retry_after() {
        let headers = response.headers_mut();
        headers.insert(RETRY_AFTER, wait.as_secs().into());
    }
    response
}

fn respond(status: StatusCode, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    response
}
