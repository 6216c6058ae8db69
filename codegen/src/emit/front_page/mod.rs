//! The crate's front page: how to install the client, a first call, and what a caller meets after
//! it. The texts are beside this file; what differs between APIs is filled in between `@` signs.

mod call;
mod patch;

use self::call::Call;
use super::docs::{Docs, code, one_line};
use super::{Context, parts, security};
use crate::ir::{Operation, Server};
use crate::runtime::{self, Part};

/// A list of more operations would hide the rest of the page.
const LISTED_OPERATIONS: usize = 40;

/// The whole page.
pub(super) fn of(context: &Context<'_>) -> Docs {
    let api = context.api;
    let call = Call::of(context);
    let words: Vec<Word> = words(context).into_iter().chain(call.words()).collect();
    let add = |docs: Docs, text: &str| docs.paragraph(filled(text, &words));
    let mut docs = Docs::starting(Some(&format!("{}, version {}.", api.title, api.version)), "")
        .prose(api.description.as_deref())
        .paragraph(
            "[`Client`] has a method for each operation. It gives a [`Call`], which is awaited for the\n\
             answer's body, or [sent](Call::send) for a [`Response`] that has status and headers too. What\n\
             goes wrong is an [`Error`].",
        );
    if let Some(table) = operations(context) {
        docs = docs.paragraph(table);
    }
    docs = add(docs, include_str!("install.md"));
    docs = add(docs, include_str!("first_call.md"));
    if !context.schemes.is_empty() {
        docs = add(docs, include_str!("credentials.md"));
    }
    docs = add(docs, include_str!("errors.md"));
    docs = add(docs, include_str!("retries.md"));
    docs = add(docs, include_str!("rate_limits.md"));
    let examples = patch::examples(context);
    if !examples.is_empty() {
        docs = add(docs, include_str!("patch.md"));
    }
    for (text, mut own_words) in examples {
        own_words.extend(words.iter().cloned());
        docs = docs.paragraph(filled(text, &own_words));
    }
    for text in [
        include_str!("unlisted.md"),
        include_str!("blocking.md"),
        include_str!("tls.md"),
    ] {
        docs = add(docs, text);
    }
    if context.options.mock {
        docs = add(docs, include_str!("testing.md"));
        if call.is_mocked() {
            docs = add(docs, include_str!("testing_example.md"));
        }
    }
    // With an empty line behind it for the definitions of links that follow.
    add(docs, include_str!("features.md")).paragraph("")
}

/// A name between `@` signs, and the lines that take its place.
type Word = (&'static str, Vec<String>);

/// The text with every word in its place, where a name stands between two signs. What stands beside a
/// word of several lines stands beside each of them, and a line with a word that has none is left
/// out.
fn filled(text: &str, words: &[Word]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        // What is left out leaves no gap.
        let gap = line.is_empty() && lines.last().is_none_or(String::is_empty);
        if gap {
            continue;
        }
        let mut filled = vec![String::new()];
        for (index, piece) in line.split('@').enumerate() {
            let own = [piece.to_owned()];
            let values = match words.iter().find(|(name, _)| *name == piece) {
                Some((_, values)) if index % 2 == 1 => values.as_slice(),
                _ => own.as_slice(),
            };
            let starts = filled.iter();
            filled = starts
                .flat_map(|start| values.iter().map(move |value| format!("{start}{value}")))
                .collect();
        }
        lines.extend(filled);
    }
    lines.join("\n")
}

fn words(context: &Context<'_>) -> Vec<Word> {
    let schemes = &context.schemes;
    let mut credential = security::example(schemes);
    if address(context).is_none() {
        credential.push(".base_url(\"https://api.example.com\")".to_owned());
    }
    vec![
        ("package", vec![context.options.crate_name.clone()]),
        ("crate", vec![context.crate_ident()]),
        ("environment", vec![environment(context)]),
        ("credentials", security::list(schemes)),
        ("credential", credential),
        ("parameters", vec![security::example_parameters(schemes)]),
        ("repeatable", vec![repeatable(context)]),
        (
            "features",
            features(runtime::MANIFEST, &parts::needed(context)),
        ),
    ]
}

/// The base URL that a client has by itself.
fn address<'a>(context: &Context<'a>) -> Option<&'a str> {
    context.api.servers.first().and_then(Server::address)
}

/// What `Client::from_env` takes from where.
fn environment(context: &Context<'_>) -> String {
    let mut variables = security::variables(&context.schemes);
    let prefix = security::variable_prefix(context.options);
    let base_url = format!("`{prefix}_BASE_URL`");
    variables.push(match address(context) {
        None => format!("the base URL from {base_url}"),
        Some(_) => format!("the base URL from {base_url} if that is set"),
    });
    let all = match variables.as_slice() {
        [_] | [_, _] => variables.join(", and "),
        [.., last] => format!("those of its [credentials](#credentials) that are set, and {last}"),
        [] => String::new(),
    };
    format!("[`Client::from_env`] takes {all}; [`Client::builder`] sets up all else.")
}

/// A table of the operations, if there are not too many.
fn operations(context: &Context<'_>) -> Option<String> {
    let operations: Vec<&Operation> = context.api.operations().collect();
    if operations.is_empty() || operations.len() > LISTED_OPERATIONS {
        return None;
    }
    let rows = operations.iter().map(|operation| {
        let name = &operation.name;
        let endpoint = code(&format!("{} {}", operation.method.as_str(), operation.path));
        let summary = operation.summary.as_deref().map(one_line);
        let cell = |text: &str| text.replace('|', "\\|");
        let (endpoint, summary) = (cell(&endpoint), cell(&summary.unwrap_or_default()));
        format!("| [`{name}`](Client::{name}) | {endpoint} | {summary} |")
    });
    let head = [
        "| method | endpoint | |".to_owned(),
        "|---|---|---|".to_owned(),
    ];
    Some(head.into_iter().chain(rows).collect::<Vec<_>>().join("\n"))
}

/// An operation that is repeatable and one that is not, by name.
fn repeatable(context: &Context<'_>) -> String {
    let named = |repeatable| {
        let mut operations = context.api.operations();
        let found = operations.find(|operation: &&Operation| operation.repeatable == repeatable);
        found.map(|operation| format!("[`{0}`](Client::{0})", operation.name))
    };
    match (named(true), named(false)) {
        (Some(one), Some(other)) => format!("{one} is, {other} is not."),
        (Some(one), None) => format!("{one} is."),
        (None, Some(other)) => format!("{other} is not."),
        (None, None) => String::new(),
    }
}

/// The features of the manifest that a client with these parts has, with the comments that stand
/// there, as rows of a table.
fn features(manifest: &str, parts: &[&Part]) -> Vec<String> {
    let lines = manifest.lines().map(str::trim_end);
    let section = lines
        .skip_while(|line| *line != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    let of = |part: &Part, name: &str| part.crate_features.contains(&name);
    let is_there = |name: &str| {
        let own = parts.iter().any(|part| of(part, name));
        own || !runtime::PARTS.iter().any(|part| of(part, name))
    };
    let mut rows = Vec::new();
    let mut comment: Vec<&str> = Vec::new();
    let mut default = "";
    for line in section {
        match (line.strip_prefix("# "), line.split_once(" = ")) {
            (Some(text), _) => comment.push(text),
            (None, Some(("default", names))) => default = names,
            (None, Some((name, _))) if !is_there(name) => comment.clear(),
            (None, Some((name, _))) => {
                let on = match default.contains(&format!("\"{name}\"")) {
                    true => ", on by default",
                    false => "",
                };
                let words = comment.join(" ");
                rows.push(format!(
                    "| `{name}`{on} | {} |",
                    words.trim_end_matches('.')
                ));
                comment.clear();
            }
            (None, None) => {}
        }
    }
    rows
}
