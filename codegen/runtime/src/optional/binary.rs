//! Answers that are bytes, whatever they mean.

pub use bytes::Bytes;

use crate::runtime::call::{Decode, Format, ReceivedResponse};

/// The answer's body is taken as it is. Its call can be a [stream](crate::Call::stream) too.
#[derive(Debug)]
pub enum Binary {}

impl Format<Bytes> for Binary {}

impl Decode<Bytes> for Binary {
    fn decode(received: &mut ReceivedResponse) -> Result<Bytes, String> {
        Ok(received.answer.body.clone())
    }
}
