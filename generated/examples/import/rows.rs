//! The rows of the CSV file, checked and converted to requests.

use std::path::Path;

use chrono::DateTime;
use comp_ai_client::types::{CreateTask, Frequency, TaskId, TaskStatus, UpdateTask};
use csv::{StringRecord, Trim};
use serde_json::{Map, Value};

use super::rows::Operation::{Create, Update};

/// A row that can be sent.
#[derive(Clone)]
pub struct Row {
    /// Number of the row in a spreadsheet, where the header is row 1.
    pub number: u64,
    pub title: String,
    /// Hash of the cells, which does not depend on the order of the columns.
    pub fingerprint: String,
    pub request: Request,
    /// Cells that do not have the effect that they seem to have.
    pub warnings: Vec<String>,
}

/// Request that a row stands for.
#[derive(Clone)]
pub enum Request {
    Create(Box<CreateTask>),
    Update(TaskId, Box<UpdateTask>),
}

#[derive(Clone, Copy, PartialEq)]
enum Operation {
    Create,
    Update,
}

/// Fields of the API, the operations that take them, and whether they can be null.
const COLUMNS: [(&str, &[Operation], bool); 14] = [
    ("id", &[Update], false),
    ("title", &[Create, Update], false),
    ("description", &[Create, Update], false),
    ("status", &[Update], false),
    ("assigneeId", &[Create, Update], true),
    ("approverId", &[Update], true),
    ("frequency", &[Create, Update], true),
    ("integrationScheduleFrequency", &[Update], false),
    ("department", &[Create, Update], true),
    ("reviewDate", &[Update], true),
    ("notRelevantJustification", &[Update], false),
    ("controlIds", &[Create], false),
    ("taskTemplateId", &[Create], true),
    ("vendorId", &[Create], true),
];

impl Row {
    pub fn is_create(&self) -> bool {
        matches!(self.request, Request::Create(_))
    }
}

/// Reads all rows.
///
/// # Errors
///
/// Returns every problem of the file, one per line.
pub fn read(path: &Path) -> Result<Vec<Row>, String> {
    let cannot = |error: csv::Error| format!("cannot read {}: {error}", path.display());
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(Trim::Headers)
        .from_path(path)
        .map_err(cannot)?;
    let names = reader.headers().map_err(cannot)?.clone();
    let mut problems = check_header(&names);
    let mut rows = Vec::new();
    for (number, record) in (2..).zip(reader.records()) {
        let record = record.map_err(cannot)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        match row(number, &names, &record) {
            Ok(row) => rows.push(row),
            Err(found) => {
                let found = found.iter();
                problems.extend(found.map(|problem| format!("row {number}: {problem}")));
            }
        }
    }
    if problems.is_empty() {
        return Ok(rows);
    }
    Err(format!(
        "{} cannot be imported, and nothing was sent:\n  {}",
        path.display(),
        problems.join("\n  ")
    ))
}

fn check_header(names: &StringRecord) -> Vec<String> {
    let mut problems = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if !COLUMNS.iter().any(|(known, ..)| *known == name) {
            problems.push(format!("row 1: unknown column `{name}`; see --help"));
        } else if names.iter().take(index).any(|before| before == name) {
            problems.push(format!("row 1: column `{name}` appears twice"));
        }
    }
    problems
}

fn row(number: u64, names: &StringRecord, record: &StringRecord) -> Result<Row, Vec<String>> {
    if record.len() != names.len() {
        return Err(vec![format!(
            "the row has {} cells, and the header has {} columns",
            record.len(),
            names.len()
        )]);
    }
    let cell = |name: &str| {
        let index = names.iter().position(|known| known == name)?;
        record.get(index).filter(|text| !text.is_empty())
    };
    let operation = cell("id").map_or(Create, |_| Update);
    let mut problems = Vec::new();
    let mut body = Map::new();
    for (name, operations, nullable) in COLUMNS {
        let Some(text) = cell(name) else { continue };
        if !operations.contains(&operation) {
            problems.push(match operation {
                Create => format!("`{name}` is for updates only, and the row has no id"),
                Update => format!("`{name}` is for creates only, and the row has an id"),
            });
        } else if name != "id" {
            match value(name, text, nullable) {
                Ok(value) => drop(body.insert(name.to_owned(), value)),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if operation == Create {
        for name in ["title", "description"] {
            if cell(name).is_none() {
                problems.push(format!("`{name}` is required to create a task"));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let warnings = warnings(&body);
    let request = match cell("id") {
        Some(id) => serde_json::from_value(body.into())
            .map(|changes| Request::Update(id.into(), Box::new(changes))),
        None => serde_json::from_value(body.into()).map(|task| Request::Create(Box::new(task))),
    };
    let cells = COLUMNS.iter().map(|(name, ..)| (*name, cell(name)));
    Ok(Row {
        number,
        title: cell("title").or(cell("id")).unwrap_or_default().to_owned(),
        fingerprint: fingerprint(cells),
        request: request.map_err(|error| vec![error.to_string()])?,
        warnings,
    })
}

/// The JSON value of a cell.
fn value(name: &str, text: &str, nullable: bool) -> Result<Value, String> {
    // The client's enums accept any value, but the server rejects one that it does not know with
    // an error that gives no reason.
    let one_of = |known: Vec<&str>| {
        if known.contains(&text) {
            return Ok(text.into());
        }
        let known = known.join(", ");
        Err(format!(
            "`{name}` is `{text}`, which is not one of: {known}"
        ))
    };
    match name {
        _ if nullable && text == "null" => Ok(Value::Null),
        "controlIds" => Ok(text.split_whitespace().collect()),
        "reviewDate" => date_time(text),
        "frequency" | "integrationScheduleFrequency" => {
            one_of(Frequency::KNOWN.iter().map(Frequency::as_str).collect())
        }
        "status" => {
            // `blocked` is documented for responses only.
            let accepted = |status: &&TaskStatus| **status != TaskStatus::Blocked;
            let statuses = TaskStatus::KNOWN.iter().filter(accepted);
            one_of(statuses.map(TaskStatus::as_str).collect())
        }
        _ => Ok(text.into()),
    }
}

/// A date and time, or a date, which stands for the start of that day in UTC.
fn date_time(text: &str) -> Result<Value, String> {
    let start = format!("{text}T00:00:00Z");
    let mut forms = [text, &start].into_iter();
    let form = forms.find(|form| DateTime::parse_from_rfc3339(form).is_ok());
    form.map(Value::from).ok_or_else(|| {
        format!("`reviewDate` is `{text}`, which is not like 2025-01-31 or 2025-01-31T09:00:00Z")
    })
}

fn warnings(body: &Map<String, Value>) -> Vec<String> {
    let mut warnings = Vec::new();
    let is_done = body.get("status").is_some_and(|status| status == "done");
    if is_done && body.get("reviewDate") == Some(&Value::Null) {
        let warning = "`reviewDate` is `null`, but the status `done` makes the server set a review \
                       date; clear the date with a later update";
        warnings.push(warning.to_owned());
    }
    warnings
}

/// FNV-1a over names and values. The standard library's hashes may change between releases, and a
/// journal may be older than the program.
fn fingerprint<'a>(fields: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> String {
    let set = fields.filter_map(|(name, text)| Some([name, text?]));
    let bytes = set.flatten().flat_map(|text| text.bytes().chain([0xff]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
