//! Responses of the API, and faults.

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use socket2::SockRef;

use super::CannedResponse;

/// The response that the published pages show for both operations.
pub const PUBLISHED_TASK: &str = r#"{
  "id": "tsk_abc123def456",
  "title": "Implement user authentication",
  "status": "in_progress",
  "createdAt": "2024-01-15T10:30:00Z",
  "updatedAt": "2024-01-15T10:30:00Z",
  "integrationScheduleFrequency": "daily",
  "description": "Add OAuth 2.0 authentication to the platform",
  "taskTemplateId": "frk_tt_68406e353df3bc002994acef",
  "integrationLastRunAt": {}
}"#;

/// A task as the server returns it.
pub const TASK: &str = r#"{"id":"tsk_abc123","title":"t","description":"d","status":"todo","createdAt":"2026-11-21T19:24:11.372Z","updatedAt":"2026-11-21T19:24:11.372Z","taskTemplateId":null,"integrationScheduleFrequency":"daily","integrationLastRunAt":null}"#;

/// A successful response.
pub fn task() -> CannedResponse {
    CannedResponse::json(201, TASK)
}

/// An error in the server's usual format.
pub fn error(status: u16, message: &str) -> CannedResponse {
    let body = format!(r#"{{"message":"{message}","statusCode":{status}}}"#);
    CannedResponse::json(status, body)
}

/// A response with this body and without a content type.
pub fn untyped(status: u16, body: impl Into<Vec<u8>>) -> CannedResponse {
    CannedResponse::empty(status).body(body)
}

/// Resets the connection instead of a response.
pub fn reset() -> CannedResponse {
    CannedResponse::none().then(|stream| SockRef::from(stream).set_linger(Some(Duration::ZERO)))
}

/// Sends a body of this length, as far as the client reads it, and counts the bytes sent.
pub fn flood(status: u16, length: usize, sent: &Arc<AtomicU64>) -> CannedResponse {
    let sent = Arc::clone(sent);
    let write = move |mut stream: &TcpStream| -> io::Result<()> {
        let piece = [b' '; 64 * 1024];
        let mut left = length;
        while left > 0 {
            let size = left.min(piece.len());
            stream.write_all(&piece[..size])?;
            left -= size;
            sent.fetch_add(size as u64, Ordering::SeqCst);
        }
        Ok(())
    };
    CannedResponse::empty(status).announcing(length).then(write)
}
