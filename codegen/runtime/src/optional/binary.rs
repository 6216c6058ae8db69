//! Response bodies that are bytes of any meaning.

pub use bytes::Bytes;

use crate::runtime::call::sealed::Decode;
use crate::runtime::received::ReceivedResponse;

/// Bytes in the response body, as they are. The call can also return them as a
/// [stream](crate::Call::stream).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {}

impl Decode<Bytes> for Binary {
    fn decode(received: &mut ReceivedResponse) -> Result<Bytes, String> {
        Ok(received.response.body.clone())
    }
}
