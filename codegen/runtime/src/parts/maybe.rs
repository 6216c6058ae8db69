//! Answers that may have no body.

use crate::runtime::call::{Decode, Format, Received};

/// The answer's body is that of another format, or there is none.
#[derive(Debug)]
pub struct Maybe<F>(std::marker::PhantomData<F>);

impl<T, F: Format<T>> Format<Option<T>> for Maybe<F> {}

impl<T, F: Format<T>> Decode<Option<T>> for Maybe<F> {
    fn decode(received: &mut Received) -> Result<Option<T>, String> {
        if received.answer.body.is_empty() {
            return Ok(None);
        }
        F::decode(received).map(Some)
    }
}
