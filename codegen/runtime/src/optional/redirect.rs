//! Responses that redirect.

use http::StatusCode;
use http::header::LOCATION;

use crate::runtime::Empty;
use crate::runtime::call::sealed::Decode;
use crate::runtime::received::ReceivedResponse;

/// A redirect, which the client does not follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    status: StatusCode,
    location: Option<String>,
}

impl Redirect {
    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the header `Location`: an absolute URL, or one relative to the URL of the request. `None` if
    /// the response has none.
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }
}

impl Decode<Redirect> for Empty {
    fn decode(received: &mut ReceivedResponse) -> Result<Redirect, String> {
        let location = received.response.headers.get(LOCATION);
        let location = location.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        Ok(Redirect {
            status: received.response.status,
            location,
        })
    }
}
