//! Bodies of the type `multipart/form-data`, by RFC 7578 and the HTML standard.

use std::fmt::{self, Write};

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use serde::Serialize;

use crate::runtime::Request;
use crate::runtime::prepared::Body;

/// A `multipart/form-data` body. Its parts are sent in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<(String, FormPart)>,
    /// Why a part is invalid.
    error: Option<String>,
}

/// A part of a [`Multipart`]: content, file name, content type and headers. Bytes and strings convert to it.
#[derive(Clone, PartialEq, Eq)]
pub struct FormPart {
    content: Bytes,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl FormPart {
    /// Creates a part with this content.
    pub fn new(content: impl Into<Bytes>) -> Self {
        FormPart {
            content: content.into(),
            file_name: None,
            content_type: None,
            headers: Vec::new(),
        }
    }

    /// Sets the file name. Default for a file: the name of the part.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the content type. Default: that of the description.
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Adds a header of the part.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl<T: Into<Bytes>> From<T> for FormPart {
    fn from(content: T) -> Self {
        FormPart::new(content)
    }
}

impl Multipart {
    /// Creates a body without parts.
    pub fn new() -> Self {
        Multipart::default()
    }

    /// Adds a part. Several parts may have the same name.
    pub fn part(mut self, name: impl Into<String>, part: impl Into<FormPart>) -> Self {
        self.parts.push((name.into(), part.into()));
        self
    }

    /// Adds a part. `media_type` is the default of its content type.
    pub(crate) fn add(&mut self, name: &str, media_type: &str, part: &FormPart) {
        let mut part = part.clone();
        if part.content_type.is_none() && !media_type.is_empty() {
            part.content_type = Some(media_type.to_owned());
        }
        self.parts.push((name.to_owned(), part));
    }

    /// Adds a file: a part with a file name.
    #[allow(dead_code, reason = "not every form has files")]
    pub(crate) fn add_file(&mut self, name: &str, media_type: &str, file: &FormPart) {
        let media_type = match media_type {
            "" => "application/octet-stream",
            described => described,
        };
        let mut file = file.clone();
        file.file_name.get_or_insert_with(|| name.to_owned());
        self.add(name, media_type, &file);
    }

    /// Adds a value: a string as it is, a list or an object as JSON.
    #[allow(dead_code, reason = "not every form has values")]
    pub(crate) fn add_value(&mut self, name: &str, media_type: &str, value: &impl Serialize) {
        let result = serde_json::to_string(value).and_then(|json| {
            let is_json = media_type.ends_with("json");
            Ok(match json.as_bytes().first() {
                Some(b'"') if !is_json => (serde_json::from_str(&json)?, media_type),
                Some(b'{' | b'[') if media_type.is_empty() => (json, "application/json"),
                _ => (json, media_type),
            })
        });
        match result {
            Ok((text, media_type)) => self.add(name, media_type, &FormPart::new(text)),
            Err(error) => {
                self.error.get_or_insert_with(|| {
                    format!("the part `{name}` does not serialize: {error}")
                });
            }
        }
    }

    /// Returns the whole body.
    fn encode(&self, boundary: &str) -> Result<Vec<u8>, String> {
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        let mut body = Vec::new();
        for (name, part) in &self.parts {
            let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"");
            escape(&mut head, name);
            if let Some(file_name) = &part.file_name {
                head.push_str("\"; filename=\"");
                escape(&mut head, file_name);
            }
            head.push_str("\"\r\n");
            let content_type = part.content_type.iter();
            let content_type = content_type.map(|value| ("Content-Type", value.as_str()));
            let headers = part.headers.iter();
            let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
            for (header, value) in content_type.chain(headers) {
                if HeaderName::try_from(header).is_err() || HeaderValue::from_str(value).is_err() {
                    let header = header.escape_debug();
                    return Err(format!(
                        "the part `{name}` has an invalid header `{header}`"
                    ));
                }
                let _ = write!(head, "{header}: {value}\r\n");
            }
            head.push_str("\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(&part.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Ok(body)
    }
}

impl From<&Multipart> for Multipart {
    fn from(form: &Multipart) -> Self {
        form.clone()
    }
}

impl Request {
    /// Sets the body to `multipart/form-data`.
    pub fn multipart(mut self, form: impl Into<Multipart>) -> Self {
        let boundary = format!("{:032x}", fastrand::u128(..));
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let encoded = form.into().encode(&boundary).and_then(|body| {
            let content_type = HeaderValue::from_str(&content_type);
            Ok((body, content_type.map_err(|error| error.to_string())?))
        });
        match encoded {
            Ok((body, content_type)) => self.set_body(Body::Whole(body.into()), content_type),
            Err(reason) => self.reject(reason),
        }
        self
    }
}

/// Adds a name. A quotation mark or a line end in it is escaped.
fn escape(head: &mut String, name: &str) {
    for character in name.chars() {
        match character {
            '"' => head.push_str("%22"),
            '\r' => head.push_str("%0D"),
            '\n' => head.push_str("%0A"),
            other => head.push(other),
        }
    }
}

impl fmt::Debug for FormPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormPart")
            .field("length", &self.content.len())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}
