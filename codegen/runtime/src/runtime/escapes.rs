//! Decodes the escape sequences of JSON, URLs and HTML in a text, in which a server may echo a credential.

use std::ops::Range;

/// How many layers of escape sequences are decoded, such as JSON in a JSON string.
const LAYERS: usize = 4;

/// A text with all its escape sequences decoded.
pub(crate) struct Decoded {
    characters: Vec<char>,
    /// Where each character comes from, in bytes of the text.
    sources: Vec<Range<usize>>,
}

impl Decoded {
    pub(crate) fn new(text: &str) -> Self {
        let sources = text
            .char_indices()
            .map(|(start, character)| start..start + character.len_utf8());
        let mut decoded = Decoded {
            characters: text.chars().collect(),
            sources: sources.collect(),
        };
        for _ in 0..LAYERS {
            let before = decoded.characters.len();
            // Backslashes go first: in `\\%6a`, which is `\%6a` in JSON, `%6a` may be the next layer.
            decoded = decoded.map_sequences(backslash).map_sequences(character);
            if decoded.characters.len() == before {
                break;
            }
        }
        decoded
    }

    /// Replaces each escape sequence that `sequence` finds at the start of a text.
    fn map_sequences(&self, sequence: fn(&[char]) -> Option<Sequence>) -> Self {
        let mut decoded = Decoded {
            characters: Vec::with_capacity(self.characters.len()),
            sources: Vec::with_capacity(self.characters.len()),
        };
        let mut at = 0;
        let mut dropped = None;
        while let Some(first) = self.characters.get(at) {
            let (character, length) = sequence(&self.characters[at..]).unwrap_or((Some(*first), 1));
            let start = dropped.take().unwrap_or(self.sources[at].start);
            at += length;
            match character {
                Some(character) => {
                    decoded.characters.push(character);
                    decoded.sources.push(start..self.sources[at - 1].end);
                }
                None => dropped = Some(start),
            }
        }
        decoded
    }

    /// Adds where another text occurs, in bytes of the original text.
    pub(crate) fn find(&self, other: &Decoded, found: &mut Vec<Range<usize>>) {
        let length = other.characters.len();
        for (at, window) in self.characters.windows(length.max(1)).enumerate() {
            if *window == other.characters {
                found.push(self.sources[at].start..self.sources[at + length - 1].end);
            }
        }
    }
}

/// The decoded character of an escape sequence, unless it is dropped, and the length of the sequence.
type Sequence = (Option<char>, usize);

/// Decodes `\u002f`, and drops every other backslash: also one that is not part of an escape sequence, so that a
/// text and the same text in JSON become equal.
fn backslash(text: &[char]) -> Option<Sequence> {
    match text {
        ['\\', 'u', ..] => json_unicode(text).map(some_character).or(Some((None, 1))),
        ['\\', ..] => Some((None, 1)),
        _ => None,
    }
}

/// Decodes a sequence of URLs or HTML.
fn character(text: &[char]) -> Option<Sequence> {
    match text {
        ['%', ..] => percent(text).map(some_character),
        ['&', ..] => html(text).map(some_character),
        _ => None,
    }
}

fn some_character((character, length): (char, usize)) -> Sequence {
    (Some(character), length)
}

/// Decodes `\u002f`, a pair of surrogates, or `\u{2f}`, which is Rust's.
fn json_unicode(text: &[char]) -> Option<(char, usize)> {
    if let ['\\', 'u', '{', rest @ ..] = text {
        let digits = rest.iter().take(7).position(|digit| *digit == '}')?;
        return Some((char::from_u32(number(&rest[..digits], 16)?)?, digits + 4));
    }
    let unit = |at: usize| match text.get(at..at + 6)? {
        ['\\', 'u', digits @ ..] => u16::try_from(number(digits, 16)?).ok(),
        _ => None,
    };
    // Without a second unit, a surrogate is not decoded.
    let units = [unit(0)?, unit(6).unwrap_or_default()];
    let character = char::decode_utf16(units).next()?.ok()?;
    Some((character, 6 * character.len_utf16()))
}

/// Decodes `%2f`, or a sequence of these that is one character in UTF-8.
fn percent(text: &[char]) -> Option<(char, usize)> {
    let mut bytes = Vec::with_capacity(4);
    for sequence in text.chunks(3).take(4) {
        let ['%', digits @ ..] = sequence else {
            return None;
        };
        if digits.len() != 2 {
            return None;
        }
        bytes.push(u8::try_from(number(digits, 16)?).ok()?);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            return Some((text.chars().next()?, 3 * bytes.len()));
        }
    }
    None
}

/// Decodes `&#47;`, `&#x2f;` or `&sol;`.
fn html(text: &[char]) -> Option<(char, usize)> {
    let end = text
        .iter()
        .take(12)
        .position(|character| *character == ';')?;
    let character = match &text[1..end] {
        ['#', 'x' | 'X', digits @ ..] => char::from_u32(number(digits, 16)?)?,
        ['#', digits @ ..] => char::from_u32(number(digits, 10)?)?,
        name => {
            let name: String = name.iter().collect();
            let mut entities = ENTITIES.iter();
            entities
                .find(|(_, names)| names.split(' ').any(|known| known == name))?
                .0
        }
    };
    Some((character, end + 1))
}

fn number(digits: &[char], radix: u32) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u32, |number, digit| {
        number
            .checked_mul(radix)?
            .checked_add(digit.to_digit(radix)?)
    })
}

/// The names of ASCII characters in HTML.
const ENTITIES: [(char, &str); 32] = [
    ('!', "excl"),
    ('"', "quot QUOT"),
    ('#', "num"),
    ('$', "dollar"),
    ('%', "percnt"),
    ('&', "amp AMP"),
    ('\'', "apos"),
    ('(', "lpar"),
    (')', "rpar"),
    ('*', "ast midast"),
    ('+', "plus"),
    (',', "comma"),
    ('.', "period"),
    ('/', "sol"),
    (':', "colon"),
    (';', "semi"),
    ('<', "lt LT"),
    ('=', "equals"),
    ('>', "gt GT"),
    ('?', "quest"),
    ('@', "commat"),
    ('[', "lsqb lbrack"),
    ('\\', "bsol"),
    (']', "rsqb rbrack"),
    ('^', "Hat"),
    ('_', "lowbar UnderBar"),
    ('`', "grave DiacriticalGrave"),
    ('{', "lcub lbrace"),
    ('|', "verbar vert VerticalLine"),
    ('}', "rcub rbrace"),
    ('\t', "Tab"),
    ('\n', "NewLine"),
];
