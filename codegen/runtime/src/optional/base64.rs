//! Bytes that are base64 text in JSON.

use std::fmt;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Encodes with padding. Decodes with and without padding, and ignores the bits after the last byte, as some
/// servers omit the former and set the latter.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Bytes, serialized as base64 text with padding (RFC 4648, section 4).
///
/// White space, missing padding and the URL-safe alphabet (section 5) are accepted in responses.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Vec<u8>);

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Base64(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Base64(bytes.to_vec())
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Displays the base64 text.
impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&ENGINE.encode(&self.0))
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        decode(&text).map(Base64).map_err(D::Error::custom)
    }
}

crate::runtime::read::by_serde!(Base64);

/// Decodes both alphabets.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, String> {
    let bytes = ENGINE.decode(text).or_else(|error| {
        let bytes = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
        let standard: Vec<u8> = bytes.map(standard).collect();
        ENGINE.decode(standard).map_err(|_| error)
    });
    bytes.map_err(|error| format!("invalid base64: {error}"))
}

/// Returns the character of the standard alphabet for one of the URL-safe alphabet.
fn standard(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    }
}
