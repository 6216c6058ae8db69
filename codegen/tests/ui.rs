//! Each description in `ui/` gives exactly the text beside it, at the places that it marks.
//!
//! A mark is `# here` at the end of a line, for a place that begins the line, or a line of carets
//! below, the first of them under the place; in JSON the carets are the value of `x-mark`.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Code, Diagnostics, Options};

/// What cannot be written down as a fixture, or is known of no description.
const MADE_HERE: [Code; 5] = [
    Code::NotUtf8,
    Code::TooLarge,
    Code::Internal,
    Code::LeftOut,
    Code::NothingSelected,
];

fn findings(text: &[u8], name: &str) -> Diagnostics {
    let options = Options {
        spec_path: name.to_owned(),
        spec_name: name.to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    match codegen::generate(text, &options) {
        Ok(output) => output.warnings,
        Err(diagnostics) => diagnostics,
    }
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let files = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = files
        .map(|file| file.expect("the folder can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension != "stderr")
        })
        .collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .expect("the name is plain")
}

/// Line and column of every mark, both from 1.
fn marks(text: &str) -> Vec<(usize, usize)> {
    let mut marks = Vec::new();
    let mut above = 0;
    for (line, number) in text.lines().zip(1..) {
        let start = line.trim_start();
        let is_carets = start.starts_with('#') || start.starts_with("\"x-mark\"");
        if line.contains("# here") {
            marks.push((number, line.chars().count() - start.chars().count() + 1));
            above = number;
        } else if let (true, Some(caret)) = (is_carets, line.chars().position(|c| c == '^')) {
            marks.push((above, caret + 1));
        } else {
            above = number;
        }
    }
    marks.sort_unstable();
    marks
}

#[test]
fn every_fixture_gives_its_text_at_its_marks() {
    let mut failures = String::new();
    for path in fixtures() {
        let name = name(&path);
        let bytes = fs::read(&path).expect("the fixture can be read");
        let text = std::str::from_utf8(&bytes).expect("the fixture is UTF-8");
        let found = findings(&bytes, name);
        let shown = format!("{found}\n");
        let expected = path.with_file_name(format!("{name}.stderr"));
        if std::env::var_os("UPDATE_UI").is_some() {
            fs::write(&expected, &shown).expect("the text can be written");
        }
        if fs::read_to_string(&expected).unwrap_or_default() != shown {
            failures.push_str(&format!("{name} gives another text:\n{shown}\n"));
        }
        let items = found.items().iter();
        let places: Vec<(usize, usize)> = items.map(|item| (item.line, item.column)).collect();
        if places != marks(text) {
            failures.push_str(&format!(
                "{name}: marked are {:?}, found {places:?}:\n{shown}\n",
                marks(text)
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{failures}\nif the texts are as they should be, write them with \
         `UPDATE_UI=1 cargo test -p codegen --test ui`"
    );
}

#[test]
fn every_code_has_a_fixture_that_gives_it() {
    let mut had = HashSet::new();
    for path in fixtures() {
        let name = name(&path);
        let Some(code) = name.get(..5).and_then(Code::parse) else {
            continue;
        };
        let found = findings(&fs::read(&path).expect("the fixture can be read"), name);
        let gives = found.items().iter().any(|item| item.code == code);
        assert!(gives, "{name} does not give {code}:\n{found}");
        had.insert(code);
    }
    for code in Code::ALL {
        assert!(
            had.contains(code) || MADE_HERE.contains(code),
            "there is no fixture for {code}: add one to `tests/ui`"
        );
    }
}

#[test]
fn input_that_is_not_utf8() {
    let found = findings(
        b"openapi: 3.0.3\ninfo: {title: Gr\xf6\xdfe}\n",
        "latin-1.yaml",
    );
    let item = &found.items()[0];
    assert_eq!(found.items().len(), 1);
    assert_eq!((item.code, item.line, item.column), (Code::NotUtf8, 2, 17));
    assert!(found.to_string().contains("save the file as UTF-8"));
}

#[test]
fn input_that_is_too_large_or_too_deep() {
    let found = findings(&vec![b' '; 65 * 1024 * 1024], "large.yaml");
    assert_eq!(found.items()[0].code, Code::TooLarge);
    let deep = format!(
        "openapi: 3.0.3\nx-deep: {}{}",
        "[".repeat(110),
        "]".repeat(110)
    );
    let found = findings(deep.as_bytes(), "deep.yaml");
    let item = &found.items()[0];
    assert_eq!(found.items().len(), 1);
    assert_eq!(
        (item.code, item.line, item.column),
        (Code::TooLarge, 2, 108)
    );
}

#[test]
fn twenty_mistakes_give_twenty_findings() {
    let found = findings(include_bytes!("ui/twenty-mistakes.yaml"), "twenty.yaml");
    let messages: HashSet<&str> = found
        .items()
        .iter()
        .map(|item| item.message.as_str())
        .collect();
    assert_eq!((found.items().len(), messages.len()), (20, 20), "{found}");
    assert!(
        found
            .items()
            .is_sorted_by_key(|item| (item.line, item.column))
    );
}

/// The pages say `object` of a value that they show as a string, four times.
#[test]
fn published_pages_give_one_finding_for_each_string() {
    let found = findings(include_bytes!("ui/published-pages.yaml"), "published.yaml");
    let items = found.items();
    assert_eq!(items.len(), 4, "{found}");
    assert!(items.iter().all(|item| item.code == Code::ExampleMismatch));
}
