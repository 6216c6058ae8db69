//! Responses that may have no body.

use std::marker::PhantomData;

use crate::runtime::call::sealed::Decode;
use crate::runtime::received::ReceivedResponse;

/// A response body of the format `F`, or none.
#[derive(Debug)]
pub struct OptionalBody<F>(PhantomData<F>);

impl<T, F: Decode<T>> Decode<Option<T>> for OptionalBody<F> {
    fn decode(received: &mut ReceivedResponse) -> Result<Option<T>, String> {
        if received.response.body.is_empty() {
            return Ok(None);
        }
        F::decode(received).map(Some)
    }
}
