//! The reserved characters of URLs (RFC 3986) that a value may hold as they are.

use percent_encoding::AsciiSet;

use crate::runtime::path::ENCODED;

/// What is encoded of a value in which reserved characters stay, but for those that would end it, or
/// that, as a plus does, become another character on the server's side.
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
