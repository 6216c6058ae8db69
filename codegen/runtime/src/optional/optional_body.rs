//! Answers that may have no body.

use crate::runtime::call::{Decode, Format, ReceivedResponse};

/// The answer's body is that of another format, or there is none.
#[derive(Debug)]
pub struct OptionalBody<F>(std::marker::PhantomData<F>);

impl<T, F: Format<T>> Format<Option<T>> for OptionalBody<F> {}

impl<T, F: Format<T>> Decode<Option<T>> for OptionalBody<F> {
    fn decode(received: &mut ReceivedResponse) -> Result<Option<T>, String> {
        if received.answer.body.is_empty() {
            return Ok(None);
        }
        F::decode(received).map(Some)
    }
}
