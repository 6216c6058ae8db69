//! The crate's documentation: installation, a first call, and a section for each thing that a caller
//! needs next. The texts are in the files beside this one, with placeholders between `@` signs.

use super::docs::{Docs, code, one_line};
use super::{credentials, example};
use crate::ir::Operation;
use crate::names::snake_name;
use crate::plan::Plan;
use crate::plan::crate_docs::ExampleCall;
use crate::runtime_sources::{self, RuntimeModule, is_needed};

/// More operations than this are not listed, because the table would hide the rest of the page.
const LISTED_OPERATIONS: usize = 40;

/// Returns the whole page.
pub(super) fn of(plan: &Plan<'_>) -> Docs {
    let api = plan.api;
    let call = plan.example_call();
    let words: Vec<Word> = words(plan)
        .into_iter()
        .chain(call_words(plan, call.as_ref()))
        .collect();
    let add = |docs: Docs, text: &str| docs.paragraph(filled(text, &words));
    let mut docs = Docs::starting(Some(&format!("{}, version {}.", api.title, api.version)), "")
        .prose(api.description.as_deref())
        .paragraph(
            "[`Client`] has one method for each operation. The method returns a [`Call`]: await it for the\n\
             decoded response body, or [`send`](Call::send) it for a [`Response`] with status and headers.\n\
             Every failure is an [`Error`].",
        );
    if let Some(table) = operations(plan) {
        docs = docs.paragraph(table);
    }
    docs = add(docs, include_str!("install.md"));
    docs = add(docs, include_str!("first_call.md"));
    if !plan.credentials.is_empty() {
        docs = add(docs, include_str!("credentials.md"));
    }
    docs = add(docs, include_str!("errors.md"));
    docs = add(docs, include_str!("retries.md"));
    docs = add(docs, include_str!("rate_limits.md"));
    docs = add(docs, include_str!("many_calls.md"));
    docs = add(docs, include_str!("interceptors.md"));
    if let Some(words) = pages(plan) {
        docs = docs.paragraph(filled(include_str!("pages.md"), &words));
    }
    let examples = patch_examples(plan);
    if !examples.is_empty() {
        docs = add(docs, include_str!("patch.md"));
    }
    for (text, mut own_words) in examples {
        own_words.extend(words.iter().cloned());
        docs = docs.paragraph(filled(text, &own_words));
    }
    docs = add(docs, include_str!("input.md"));
    if let Some(name) = plan.first_string_enum() {
        let mut own_words = vec![
            ("type", vec![name.to_owned()]),
            ("variable", vec![snake_name(name)]),
        ];
        own_words.extend(words.iter().cloned());
        docs = docs.paragraph(filled(include_str!("input_enum.md"), &own_words));
    }
    for text in [
        include_str!("unlisted.md"),
        include_str!("blocking.md"),
        include_str!("tls.md"),
    ] {
        docs = add(docs, text);
    }
    if plan.options.mock {
        docs = add(docs, include_str!("testing.md"));
        if call.is_some() {
            docs = add(docs, include_str!("testing_example.md"));
        }
    }
    // The definitions of links that follow need an empty line before them.
    add(docs, include_str!("features.md")).paragraph("")
}

/// The name of a placeholder, and the lines that replace it.
type Word = (&'static str, Vec<String>);

/// Replaces the placeholders of a text. A line whose placeholder has several lines is repeated for
/// each of them, and a line whose placeholder has none is left out.
fn filled(text: &str, words: &[Word]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        // Lines that are left out leave no gap.
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

fn words(plan: &Plan<'_>) -> Vec<Word> {
    let credentials = &plan.credentials;
    let mut credential = credentials::example(credentials);
    if plan.base_url().is_none() {
        credential.push(".base_url(\"https://api.example.com\")".to_owned());
    }
    vec![
        ("package", vec![plan.options.crate_name.clone()]),
        ("crate", vec![plan.crate_ident()]),
        ("environment", vec![environment(plan)]),
        ("credentials", credentials::list(credentials)),
        ("credential", credential),
        (
            "parameters",
            vec![credentials::example_parameters(credentials)],
        ),
        ("repeatable", vec![repeatable(plan)]),
        (
            "features",
            features(runtime_sources::MANIFEST, &plan.runtime_modules),
        ),
    ]
}

/// Returns what `Client::from_env` reads.
fn environment(plan: &Plan<'_>) -> String {
    let credentials = plan.credentials.iter();
    let variables = credentials.map(|it| format!("the {} from `{}`", it.display_name, it.variable));
    let mut variables: Vec<String> = variables.collect();
    let base_url = format!("`{}`", plan.base_url_variable);
    variables.push(match plan.base_url() {
        None => format!("the base URL from {base_url}"),
        Some(_) => format!("the base URL from {base_url} if that is set"),
    });
    let all = match variables.as_slice() {
        [_] | [_, _] => variables.join(", and "),
        [.., last] => format!("the [credentials](#credentials) that are set, and {last}"),
        [] => String::new(),
    };
    format!("[`Client::from_env`] reads {all}.")
}

/// Returns the placeholders of the example call. Without one, the examples call a path that is not
/// described.
fn call_words(plan: &Plan<'_>, call: Option<&ExampleCall<'_, '_>>) -> Vec<Word> {
    let one = |text: &str| vec![text.to_owned()];
    let Some(call) = call else {
        let method = "call::<serde_json::Value>()";
        let body = "let request = client.request(http::Method::GET, \"/path\");";
        return vec![
            ("imports", Vec::new()),
            ("body", one(body)),
            ("call", vec![format!("request.{method}")]),
            ("receiver", one("request")),
            ("method", one(method)),
            (
                "blocking_call",
                vec![format!("client.call(request.{method})")],
            ),
            ("response", one("response")),
        ];
    };
    let whole = vec![format!("client.{}", call.method)];
    let body = call.body.as_deref().and_then(example::laid_out);
    let names = call.names.iter().copied();
    let mock_method = &call.operation.mock.method;
    vec![
        (
            "imports",
            example::imports(&plan.crate_ident(), names).unwrap_or_default(),
        ),
        ("body", body.unwrap_or_default()),
        ("call", whole.clone()),
        ("receiver", one("client")),
        ("method", one(&call.method)),
        ("blocking_call", whole),
        ("response", one(&call.response)),
        ("mock_method", one(mock_method)),
    ]
}

/// Returns the placeholders of the first example that iterates pages.
fn pages(plan: &Plan<'_>) -> Option<Vec<Word>> {
    let methods = plan.featured_first().filter_map(|it| it.pages.as_ref());
    let mut examples = methods.filter_map(|method| {
        let example = example::of_call(plan, method.example.as_ref()?)?;
        Some((method.name.clone(), example))
    });
    let (name, example) = examples.next()?;
    Some(vec![
        ("pages_method", vec![name]),
        ("pages_example", example),
    ])
}

/// Returns the examples of a `Patch` that the API's types allow, with their placeholders.
fn patch_examples(plan: &Plan<'_>) -> Vec<(&'static str, Vec<Word>)> {
    let write = plan.patch_write().map(|it| {
        let words = vec![
            ("type", vec![it.definition.name.clone()]),
            ("setter", vec![it.setter.to_owned()]),
            ("clear", vec![it.clear_name]),
            ("value", vec![it.value]),
            ("null_text", vec![it.null_text]),
            ("value_text", vec![it.value_text]),
        ];
        (include_str!("patch_write.md"), words)
    });
    let read = plan.patch_read().map(|it| {
        let words = vec![
            ("type", vec![it.definition.name.clone()]),
            ("variable", vec![snake_name(&it.definition.name)]),
            ("field", vec![it.field.name.clone()]),
        ];
        (include_str!("patch_read.md"), words)
    });
    write.into_iter().chain(read).collect()
}

/// Returns a table of the operations, if there are not too many.
fn operations(plan: &Plan<'_>) -> Option<String> {
    let operations: Vec<&Operation> = plan.api.operations().collect();
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
        "| Method | Endpoint | |".to_owned(),
        "|---|---|---|".to_owned(),
    ];
    Some(head.into_iter().chain(rows).collect::<Vec<_>>().join("\n"))
}

/// Returns an example of an operation that is repeatable, and of one that is not.
fn repeatable(plan: &Plan<'_>) -> String {
    let named = |repeatable| {
        let mut operations = plan.featured_first().map(|operation| operation.ir);
        let found = operations.find(|operation| operation.repeatable == repeatable);
        found.map(|operation| format!("[`{0}`](Client::{0})", operation.name))
    };
    match (named(true), named(false)) {
        (Some(one), Some(other)) => format!("{one} is repeatable, {other} is not."),
        (Some(one), None) => format!("{one} is repeatable."),
        (None, Some(other)) => format!("{other} is not repeatable."),
        (None, None) => String::new(),
    }
}

/// Returns the features of a client with these optional modules, as rows of a table. The
/// descriptions are the comments of the manifest.
fn features(manifest: &str, parts: &[&RuntimeModule]) -> Vec<String> {
    let lines = manifest.lines().map(str::trim_end);
    let section = lines
        .skip_while(|line| *line != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    let is_there = |name: &str| is_needed(parts, |part| part.crate_features.contains(&name));
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
