//! Runs the generator on an input.

use std::panic::{AssertUnwindSafe, catch_unwind};

use codegen::{Code, Diagnostics, Files, Options};

/// Maximum memory for one input, in bytes.
const MEMORY: u64 = 200 * 1024 * 1024;

const SPEC: &[u8] = include_bytes!("../../../spec/openapi.yaml");

pub enum Outcome {
    Client,
    /// The codes, each once.
    Diagnostics(Vec<Code>),
    Fails(String),
}

pub fn outcome(input: &[u8]) -> Outcome {
    let options = |keep_going| Options {
        keep_going,
        mock: true,
        spec_path: "openapi.yaml".to_owned(),
        spec_name: "openapi.yaml".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    let mut outcome = Outcome::Client;
    // On one thread, so that all of its memory is counted.
    let measured = allocation_counter::measure(|| {
        let result = catch_unwind(AssertUnwindSafe(|| {
            let whole = codegen::generate_by_stage(input, &options(false), |_| ());
            // Without the unsupported operations, the rest reaches the last stage.
            let rest = codegen::generate_by_stage(input, &options(true), |_| ());
            if whole.is_ok() {
                assert!(rest.is_ok(), "fails for leaving nothing out");
                let changes =
                    codegen::changes(SPEC, "old.yaml", &Files::default(), input, &options(false));
                let _ = changes.expect("both are valid").to_string();
            }
            if let Err(found) = whole {
                let _ = found.to_string();
            }
            rest.map(|output| output.warnings)
        }));
        outcome = match result {
            Err(panic) => Outcome::Fails(format!("panics: {}", message(&*panic))),
            Ok(Ok(warnings)) => shown(&warnings).map_or(Outcome::Client, Outcome::Fails),
            Ok(Err(found)) => match shown(&found) {
                Some(why) => Outcome::Fails(why),
                None => Outcome::Diagnostics(codes(&found)),
            },
        };
    });
    if measured.bytes_max > MEMORY {
        return Outcome::Fails(format!("takes {} bytes", measured.bytes_max));
    }
    outcome
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied())
        .unwrap_or("with a value that is no string")
}

/// Prints the diagnostics. Returns what is wrong with them.
fn shown(found: &Diagnostics) -> Option<String> {
    let text = match catch_unwind(|| found.to_string()) {
        Ok(text) => text,
        Err(panic) => return Some(format!("panics when shown: {}", message(&*panic))),
    };
    let items = found.items();
    let is_internal = items.iter().any(|item| item.code == Code::Internal);
    let is_sorted = items.is_sorted_by_key(|item| (item.line, item.column));
    let is_placed = items.iter().all(|item| item.line > 0 && item.column > 0);
    if is_internal {
        Some(format!("reports an internal error:\n{text}"))
    } else if !is_sorted || !is_placed {
        Some(format!(
            "reports in the wrong order, or without a place:\n{text}"
        ))
    } else {
        None
    }
}

fn codes(found: &Diagnostics) -> Vec<Code> {
    let mut codes: Vec<Code> = found.items().iter().map(|item| item.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
