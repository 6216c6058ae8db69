//! Answers, as bytes.

/// A task as the server answers it.
pub const TASK: &str = r#"{"id":"tsk_abc123","title":"t","description":"d","status":"todo","createdAt":"2026-11-21T19:24:11.372Z","updatedAt":"2026-11-21T19:24:11.372Z","taskTemplateId":null,"integrationScheduleFrequency":"daily","integrationLastRunAt":null}"#;

/// An answer with these header lines and this body, whose length it says.
pub fn answer(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = head(status, headers, body.len());
    bytes.extend_from_slice(body);
    bytes
}

/// A JSON answer.
pub fn json(status: &str, body: &str) -> Vec<u8> {
    answer(status, &["content-type: application/json"], body)
}

/// The success that both operations expect.
pub fn task() -> Vec<u8> {
    json("201 Created", TASK)
}

/// A refusal in the usual shape of the server's errors.
pub fn refusal(status: &str, message: &str) -> Vec<u8> {
    let body = format!(r#"{{"message":"{message}","statusCode":{}}}"#, &status[..3]);
    json(status, &body)
}

/// The head of an answer that says this length of its body.
pub fn head(status: &str, headers: &[&str], length: impl std::fmt::Display) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n");
    for line in headers {
        text.push_str(line);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.into_bytes()
}
