//! Decodes the escape sequences of JSON, URLs and HTML in a text, in which a server may echo a credential.

use std::ops::Range;

/// How many layers of escape sequences are decoded, such as JSON in a JSON string.
const LAYERS: usize = 4;

/// A text, and where each of its bytes comes from.
pub(crate) struct Traced {
    bytes: Vec<u8>,
    /// Where each byte starts in the original text, and where the last one ends.
    starts: Vec<usize>,
}

impl Traced {
    pub(crate) fn plain(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() + 1);
        for start in 0..text.len() + 1 {
            starts.push(start);
        }
        Traced {
            bytes: text.as_bytes().to_vec(),
            starts,
        }
    }

    /// Decodes all escape sequences of a text.
    pub(crate) fn decoded(text: &str) -> Self {
        let mut decoded = Traced::plain(text);
        for _ in 0..LAYERS {
            let length = decoded.bytes.len();
            // Backslashes go first: in `\\%6a`, which is `\%6a` in JSON, `%6a` may be the next layer.
            decoded = decoded.map_sequences(backslash).map_sequences(character);
            if decoded.bytes.len() == length {
                break;
            }
        }
        decoded
    }

    /// Replaces each escape sequence that `decode` finds at the start of a text.
    fn map_sequences(&self, decode: fn(&[u8], &mut Vec<u8>) -> usize) -> Self {
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut starts = Vec::with_capacity(self.starts.len());
        let mut start = 0;
        let mut at = 0;
        while let Some(byte) = self.bytes.get(at) {
            at += match decode(&self.bytes[at..], &mut bytes) {
                0 => {
                    bytes.push(*byte);
                    1
                }
                length => length,
            };
            // A sequence without bytes belongs to the next byte.
            let before = self.starts[start];
            while starts.len() < bytes.len() {
                starts.push(before);
                start = at;
            }
        }
        starts.push(self.starts[start]);
        Traced { bytes, starts }
    }

    /// Adds where another text occurs, in bytes of the original text.
    pub(crate) fn find(&self, other: &Traced, found: &mut Vec<Range<usize>>) {
        let length = other.bytes.len();
        if length == 0 {
            return;
        }
        for at in 0..self.bytes.len() {
            if self.bytes[at..].starts_with(&other.bytes) {
                found.push(self.starts[at]..self.starts[at + length]);
            }
        }
    }
}

/// Decodes `\u002f`, and drops every other backslash: also one that is not part of an escape sequence, so that a
/// text and the same text in JSON become equal. Returns the length of the sequence, 0 if there is none.
fn backslash(text: &[u8], decoded: &mut Vec<u8>) -> usize {
    match text {
        [b'\\', b'u', ..] => add(unicode(text), decoded).max(1),
        [b'\\', ..] => 1,
        _ => 0,
    }
}

/// Decodes a sequence of URLs or HTML. Returns its length, 0 if there is none.
fn character(text: &[u8], decoded: &mut Vec<u8>) -> usize {
    match text {
        // One byte of UTF-8.
        [b'%', high, low, ..] => match number(&[*high, *low], 16) {
            Some(byte) => {
                decoded.push(byte as u8);
                3
            }
            None => 0,
        },
        [b'&', ..] => add(html(text), decoded),
        _ => 0,
    }
}

fn add(sequence: Option<(u32, usize)>, decoded: &mut Vec<u8>) -> usize {
    let Some((code, length)) = sequence else {
        return 0;
    };
    // A single surrogate is no character.
    let Some(character) = char::from_u32(code) else {
        return 0;
    };
    decoded.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    length
}

/// Reads `\u002f`, a pair of surrogates, or `\u{2f}`, which is Rust's. Returns the code and the length.
fn unicode(text: &[u8]) -> Option<(u32, usize)> {
    if let Some(b'{') = text.get(2) {
        let digits = until(b'}', &text[3..])?;
        return Some((number(digits, 16)?, digits.len() + 4));
    }
    let unit = |at: usize| match text.get(at..at + 6)? {
        [b'\\', b'u', digits @ ..] => number(digits, 16),
        _ => None,
    };
    match (unit(0)?, unit(6)) {
        (high @ 0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
            Some((0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00), 12))
        }
        (code, _) => Some((code, 6)),
    }
}

/// Reads `&#47;`, `&#x2f;` or `&sol;`. Returns the code and the length.
fn html(text: &[u8]) -> Option<(u32, usize)> {
    let name = until(b';', &text[1..])?;
    let code = match name {
        [b'#', b'x' | b'X', digits @ ..] => number(digits, 16)?,
        [b'#', digits @ ..] => number(digits, 10)?,
        _ => u32::from(entity(name)?),
    };
    Some((code, name.len() + 2))
}

/// Returns what precedes the end of a sequence.
fn until(end: u8, text: &[u8]) -> Option<&[u8]> {
    for length in 0..LONGEST + 1 {
        if *text.get(length)? == end {
            return Some(&text[..length]);
        }
    }
    None
}

/// Length of the longest name below.
const LONGEST: usize = 16;

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    let mut number: u32 = 0;
    for digit in digits {
        let digit = char::from(*digit).to_digit(radix)?;
        number = number.checked_mul(radix)?.checked_add(digit)?;
    }
    (!digits.is_empty()).then_some(number)
}

fn entity(name: &[u8]) -> Option<char> {
    for (known, character) in &ENTITIES {
        if known.as_bytes() == name {
            return Some(*character);
        }
    }
    None
}

/// The names of ASCII characters in HTML.
const ENTITIES: [(&str, char); 45] = [
    ("excl", '!'),
    ("quot", '"'),
    ("QUOT", '"'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("amp", '&'),
    ("AMP", '&'),
    ("apos", '\''),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("lt", '<'),
    ("LT", '<'),
    ("equals", '='),
    ("gt", '>'),
    ("GT", '>'),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("grave", '`'),
    ("DiacriticalGrave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("VerticalLine", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
];
