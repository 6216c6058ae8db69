//! Decodes JSON, and reports where it does not decode.

use serde::de::DeserializeOwned;

/// Decodes a whole body.
///
/// # Errors
///
/// The reason, with the path of the value. The path is found by decoding again, so that a valid body does
/// not pay for it.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| explain::<T>(body, &error))
}

#[cold]
fn explain<T: DeserializeOwned>(body: &[u8], error: &serde_json::Error) -> String {
    if body.is_empty() {
        return "the body is empty".to_owned();
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Err(error) if error.path().iter().next().is_some() => {
            format!("at `{}`: {}", error.path(), error.inner())
        }
        _ => error.to_string(),
    }
}
