//! The explain page of each code: its wrong examples give exactly this code, its right examples give none.

use codegen::{Code, Diagnostics, Meaning, Options};

/// The codes whose page has no wrong example, as none can be written down or none is known.
const WITHOUT_WRONG: [Code; 6] = [
    Code::NotUtf8,
    Code::Empty,
    Code::TooLarge,
    Code::Internal,
    Code::LeftOut,
    Code::NothingSelected,
];

/// What an example leaves out that begins at a later key.
const BEGINNING: &str = "openapi: 3.0.3\ninfo: {title: Tasks, version: '1.0'}\n";

fn findings(text: &str, deny_warnings: bool) -> Option<Diagnostics> {
    let options = Options {
        deny_warnings,
        spec_path: "openapi.yaml".to_owned(),
        spec_name: "openapi.yaml".to_owned(),
        crate_name: "client".to_owned(),
        ..Options::default()
    };
    let text = match text.contains("info:") {
        true => text.to_owned(),
        false => format!("{BEGINNING}{text}"),
    };
    let found = match codegen::generate(text.as_bytes(), &options) {
        Ok(output) => output.warnings,
        Err(diagnostics) => diagnostics,
    };
    (!found.is_empty()).then_some(found)
}

/// The block of YAML that follows a line of the page.
fn example<'p>(page: &'p str, line: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("\n{line}\n\n```yaml\n"))?;
    rest.split_once("```\n").map(|(example, _)| example)
}

#[test]
fn every_page_begins_with_its_code() {
    for code in Code::ALL {
        let page = code.page();
        let title = page.lines().next().unwrap_or_default();
        let name = title.strip_prefix(&format!("# {code}: "));
        assert!(name.is_some_and(|name| !name.is_empty()), "{code}: {title}");
        assert!(page.lines().count() > 5, "the page of {code} is empty");
        assert_eq!(Code::parse(code.as_str()), Some(*code));
    }
}

#[test]
fn every_page_says_what_follows_from_the_code() {
    for code in Code::ALL {
        let sentence = match code.meaning() {
            Meaning::Clear => "A warning: it is clear what the client has to do.",
            Meaning::Unclear => {
                "An error if an operation needs this place; `--keep-going` leaves out such operations."
            }
            Meaning::Nothing => "An error in any case: there is nothing to generate a client from.",
        };
        assert_eq!(code.page().lines().nth(2), Some(sentence), "{code}");
        let letter = match code.meaning() {
            Meaning::Clear => 'W',
            Meaning::Unclear | Meaning::Nothing => 'E',
        };
        assert!(code.as_str().starts_with(letter), "{code}");
    }
}

#[test]
fn wrong_examples_give_their_code_and_no_other() {
    for code in Code::ALL {
        let page = code.page();
        let wrong = example(&page, "Wrong:");
        assert_eq!(wrong.is_none(), WITHOUT_WRONG.contains(code), "{code}");
        let Some(wrong) = wrong else { continue };
        let found = findings(wrong, false).unwrap_or_else(|| panic!("{code}: nothing is found"));
        let codes: Vec<Code> = found.items().iter().map(|item| item.code).collect();
        assert!(codes.iter().all(|found| found == code), "{code}: {found}");
        let (errors, _) = found.count();
        assert!(errors == 0 || code.meaning() != Meaning::Clear, "{code}");
    }
}

#[test]
fn right_examples_give_no_finding() {
    for code in Code::ALL {
        let page = code.page();
        let Some(right) = example(&page, "Right:") else {
            assert!(WITHOUT_WRONG.contains(code), "{code} has no right example");
            continue;
        };
        if let Some(found) = findings(right, true) {
            panic!("{code}: {found}");
        }
    }
}
