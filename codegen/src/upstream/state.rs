//! The value of a key, as far as it is compared.

use std::fmt;

use crate::source::{Node, NodeKind, Scalar};

/// A value in short. The order of a list means nothing.
#[derive(Clone, Debug)]
pub(crate) enum State {
    /// The key is not there.
    Nothing,
    Flag(bool),
    Text(String),
    List(Vec<String>),
}

impl State {
    /// The value that is written in a departure; none if it is no such value.
    pub(crate) fn of(node: &Node) -> Option<Self> {
        match &node.kind {
            NodeKind::Scalar { value, text } => Some(match value {
                Scalar::Null => State::Nothing,
                Scalar::Boolean(flag) => State::Flag(*flag),
                Scalar::Integer | Scalar::Number | Scalar::String => State::Text(text.clone()),
            }),
            NodeKind::Sequence(items) => {
                let texts = items
                    .iter()
                    .map(|item| super::text(item).map(str::to_owned));
                Some(State::List(texts.collect::<Option<_>>()?))
            }
            NodeKind::Mapping(_) => None,
        }
    }

    pub(crate) fn of_text(text: Option<&str>) -> Self {
        text.map_or(State::Nothing, |text| State::Text(text.to_owned()))
    }
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (State::Nothing, State::Nothing) => true,
            (State::Flag(one), State::Flag(other)) => one == other,
            (State::Text(one), State::Text(other)) => one == other,
            (State::List(one), State::List(other)) => {
                let sorted = |list: &[String]| {
                    let mut list = list.to_vec();
                    list.sort_unstable();
                    list
                };
                sorted(one) == sorted(other)
            }
            (State::Nothing | State::Flag(_) | State::Text(_) | State::List(_), _) => false,
        }
    }
}

/// As it is written in YAML.
impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            State::Nothing => f.write_str("null"),
            State::Flag(flag) => write!(f, "{flag}"),
            State::Text(text) => f.write_str(&plain(text)),
            State::List(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| plain(text)).collect();
                write!(f, "[{}]", texts.join(", "))
            }
        }
    }
}

/// A text as YAML takes it for one: in quotes, if it may be something else.
fn plain(text: &str) -> String {
    let is_word = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.ends_with(|last: char| last.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " -_./".contains(c))
        && Scalar::of_plain(text) == Scalar::String;
    match is_word {
        true => text.to_owned(),
        false => format!("{text:?}"),
    }
}
