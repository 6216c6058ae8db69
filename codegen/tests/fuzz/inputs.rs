//! Inputs of three kinds: bytes, descriptions cut up, and documents after the object model.

use fastrand::Rng;

use crate::documents::document;

/// The longest input. Descriptions are longer, but what goes wrong does so in short ones.
const LONGEST: usize = 60_000;

/// What YAML, JSON and OpenAPI give a meaning.
const TOKENS: [&str; 72] = [
    ":",
    ": ",
    "- ",
    "? ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "'",
    "|\n",
    ">-\n",
    "#",
    "# ",
    "&a ",
    "*a",
    "!!str ",
    "<<: ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\t",
    "\r\n",
    "\n",
    "\n\n",
    "  ",
    "\u{feff}",
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "é",
    "🦀",
    "\\",
    "\\u0000",
    "\\ud800",
    "~",
    "null",
    "true",
    "yes",
    "0",
    "-1",
    "1e999",
    "0x1F",
    "007",
    "1.0",
    ".inf",
    ".nan",
    "9223372036854775808",
    "{}",
    "[]",
    "\"\"",
    "$ref: ",
    "\"#/components/schemas/Task\"",
    "'#/'",
    "#/components/schemas/",
    "allOf:",
    "oneOf: [",
    "nullable: true",
    "type: ",
    "object",
    "string",
    "array",
    "items: ",
    "properties:",
    "required: ",
    "enum: [",
    "default: ",
    "format: date-time",
    "x-client-",
    "additionalProperties: ",
];

pub struct Inputs {
    rng: Rng,
    seeds: Vec<Vec<u8>>,
}

impl Inputs {
    pub fn new(seed: u64, seeds: Vec<Vec<u8>>) -> Self {
        assert!(!seeds.is_empty());
        Inputs {
            rng: Rng::with_seed(seed),
            seeds,
        }
    }

    /// Takes an input as one to change.
    pub fn learn(&mut self, input: Vec<u8>) {
        self.seeds.push(input);
    }

    pub fn next(&mut self) -> Vec<u8> {
        let mut input = match self.rng.u8(..10) {
            0 => self.bytes(),
            1..=4 => self.changed(),
            5 => {
                let document = self.document();
                self.change(document)
            }
            _ => self.document(),
        };
        input.truncate(LONGEST);
        input
    }

    fn bytes(&mut self) -> Vec<u8> {
        let length = self.rng.usize(..2_000);
        let rng = &mut self.rng;
        if rng.bool() {
            return (0..length).map(|_| rng.u8(..)).collect();
        }
        let mut text = match rng.bool() {
            true => "openapi: 3.0.3\n".to_owned(),
            false => String::new(),
        };
        for _ in 0..length / 8 {
            text.push_str(rng.choice(TOKENS).expect("there are some"));
        }
        text.into_bytes()
    }

    /// A document with one in so many values wrong, or with none.
    fn document(&mut self) -> Vec<u8> {
        let wrong = *self
            .rng
            .choice(&[0, 0, 200, 50, 10])
            .expect("there are some");
        let value = document(&mut self.rng, wrong);
        let text = match self.rng.u8(..4) {
            0 => serde_yaml::to_string(&value).ok(),
            1 => serde_json::to_string(&value).ok(),
            _ => serde_json::to_string_pretty(&value).ok(),
        };
        text.expect("it is JSON").into_bytes()
    }

    fn seed(&mut self) -> Vec<u8> {
        let index = self.rng.usize(..self.seeds.len());
        self.seeds[index].clone()
    }

    fn changed(&mut self) -> Vec<u8> {
        let seed = self.seed();
        self.change(seed)
    }

    fn change(&mut self, mut text: Vec<u8>) -> Vec<u8> {
        for _ in 0..self.rng.usize(1..6) {
            text = match self.rng.bool() {
                true => self.change_lines(&text),
                false => self.change_bytes(text),
            };
        }
        text
    }

    fn change_lines(&mut self, text: &[u8]) -> Vec<u8> {
        let mut lines: Vec<Vec<u8>> = lines(text);
        let at = self.rng.usize(..=lines.len());
        let end = (at + self.rng.usize(..8)).min(lines.len());
        match self.rng.u8(..6) {
            0 => drop(lines.drain(at..end)),
            1 => {
                let again = lines[at..end].to_vec();
                let to = self.rng.usize(..=lines.len());
                lines.splice(to..to, again);
            }
            2 => lines[at..].rotate_left(end - at),
            3 => {
                let other = self.seed();
                let other: Vec<Vec<u8>> = self::lines(&other);
                let from = self.rng.usize(..=other.len());
                let to = (from + self.rng.usize(..12)).min(other.len());
                lines.splice(at..end, other[from..to].to_vec());
            }
            4 => {
                for line in &mut lines[at..end] {
                    line.splice(..0, *b"  ");
                }
            }
            _ => {
                for line in &mut lines[at..end] {
                    let spaces = line.iter().take_while(|byte| **byte == b' ').count();
                    line.drain(..spaces.min(2));
                }
            }
        }
        lines.concat()
    }

    fn change_bytes(&mut self, mut text: Vec<u8>) -> Vec<u8> {
        let at = self.rng.usize(..=text.len());
        let end = (at + self.rng.usize(..12)).min(text.len());
        match self.rng.u8(..6) {
            0 => drop(text.drain(at..end)),
            1 => {
                let again = text[at..end].to_vec();
                text.splice(at..at, again);
            }
            2 if at < text.len() => text[at] ^= 1 << self.rng.u8(..8),
            3 => {
                // Deep, or long.
                let token = self.rng.choice(["[", "{a: ", "- ", "x", "{\"a\":", "é"]);
                let many = token.expect("there are some").repeat(self.rng.usize(..400));
                text.splice(at..at, many.into_bytes());
            }
            4 => {
                // One word for another.
                let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'$';
                let start = text[..at].iter().rposition(|byte| !is_word(byte));
                let start = start.map_or(0, |start| start + 1);
                let end = text[at..].iter().position(|byte| !is_word(byte));
                let end = end.map_or(text.len(), |end| at + end);
                text.splice(start..end, self.token());
            }
            _ => {
                text.splice(at..at, self.token());
            }
        }
        text
    }

    fn token(&mut self) -> Vec<u8> {
        let token = self.rng.choice(TOKENS).expect("there are some");
        token.as_bytes().to_vec()
    }
}

fn lines(text: &[u8]) -> Vec<Vec<u8>> {
    let lines = text.split_inclusive(|byte| *byte == b'\n');
    lines.map(<[u8]>::to_vec).collect()
}
