//! The reserved characters of URLs (RFC 3986) that a value may contain unencoded.

use percent_encoding::AsciiSet;

use crate::runtime::path::ENCODED;

/// Characters that are encoded in a value with `allowReserved`. Those that would end the value, and `+`, which
/// servers decode as a space, are among them.
pub(crate) const RESERVED: &AsciiSet = &ENCODED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');
