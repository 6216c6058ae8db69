//! The rows of the CSV file, as what is to be sent. All that is wrong with them is told at once.

use std::path::Path;

use chrono::DateTime;
use comp_ai_client::Patch;
use comp_ai_client::types::{CreateTask, Frequency, TaskId, TaskStatus, UpdateTask};
use csv::{StringRecord, Trim};
use serde_json::{Map, Value};

use super::rows::Operation::{Create, Update};

/// A row that can be sent.
#[derive(Clone)]
pub struct Row {
    /// As a spreadsheet counts: the column names are row 1.
    pub number: u64,
    pub title: String,
    /// The same for the same cells, in whatever order the columns are.
    pub fingerprint: String,
    pub work: Work,
}

/// What is to be done for a row.
#[derive(Clone)]
pub enum Work {
    Create(Box<CreateTask>),
    Update(TaskId, Box<UpdateTask>),
}

#[derive(Clone, Copy, PartialEq)]
enum Operation {
    Create,
    Update,
}

/// The fields of the API, the operations that take them, and whether they can be null.
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
        matches!(self.work, Work::Create(_))
    }
}

/// Reads all rows.
///
/// # Errors
///
/// Everything that is wrong with the file, one problem a line.
pub fn read(path: &Path) -> Result<Vec<Row>, String> {
    let cannot = |error: csv::Error| format!("cannot read {}: {error}", path.display());
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(Trim::Headers)
        .from_path(path)
        .map_err(cannot)?;
    let names = reader.headers().map_err(cannot)?.clone();
    let mut problems = wrong_names(&names);
    let mut rows = Vec::new();
    for (number, record) in (2..).zip(reader.records()) {
        let record = record.map_err(cannot)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        match row(number, &names, &record) {
            Ok(row) => rows.push(row),
            Err(found) => {
                problems.extend(
                    found
                        .iter()
                        .map(|problem| format!("row {number}: {problem}")),
                );
            }
        }
    }
    if problems.is_empty() {
        return Ok(rows);
    }
    Err(format!(
        "{} cannot be imported; nothing was sent:\n  {}",
        path.display(),
        problems.join("\n  ")
    ))
}

fn wrong_names(names: &StringRecord) -> Vec<String> {
    let mut problems = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if !COLUMNS.iter().any(|(known, ..)| *known == name) {
            problems.push(format!("row 1: there is no field `{name}`; see --help"));
        } else if names.iter().take(index).any(|before| before == name) {
            problems.push(format!("row 1: `{name}` is there twice"));
        }
    }
    problems
}

fn row(number: u64, names: &StringRecord, record: &StringRecord) -> Result<Row, Vec<String>> {
    if record.len() != names.len() {
        return Err(vec![format!(
            "it has {} cells, and there are {} columns",
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
            let (only, id) = match operation {
                Create => ("updates", "no id"),
                Update => ("creates", "an id"),
            };
            problems.push(format!("only {only} take `{name}`, and the row has {id}"));
        } else if name != "id" {
            match value(name, text, nullable) {
                Ok(value) => drop(body.insert(name.to_owned(), value)),
                Err(problem) => problems.push(problem),
            }
        }
    }
    let cells = COLUMNS.iter().map(|(name, ..)| (*name, cell(name)));
    let work = match cell("id") {
        Some(id) => serde_json::from_value(body.into())
            .map(|changes| Work::Update(id.into(), Box::new(changes))),
        None => {
            for name in ["title", "description"] {
                if cell(name).is_none() {
                    problems.push(format!("a new task needs a `{name}`"));
                }
            }
            // So that what else is wrong is told too.
            body.entry("title").or_insert_with(|| "".into());
            body.entry("description").or_insert_with(|| "".into());
            serde_json::from_value(body.into()).map(|task| Work::Create(Box::new(task)))
        }
    };
    match work {
        Ok(work) => {
            problems.extend(unknown_values(&work));
            if problems.is_empty() {
                return Ok(Row {
                    number,
                    title: cell("title").or(cell("id")).unwrap_or_default().to_owned(),
                    fingerprint: fingerprint(cells),
                    work,
                });
            }
        }
        Err(error) => problems.push(error.to_string()),
    }
    Err(problems)
}

fn value(name: &str, text: &str, nullable: bool) -> Result<Value, String> {
    match name {
        _ if nullable && text == "null" => Ok(Value::Null),
        "controlIds" => Ok(text.split_whitespace().collect()),
        "reviewDate" => date_time(text),
        _ => Ok(text.into()),
    }
}

/// A date and time, or a date alone, which is the start of that day.
fn date_time(text: &str) -> Result<Value, String> {
    let start = format!("{text}T00:00:00Z");
    let mut forms = [text, &start].into_iter();
    let form = forms.find(|form| DateTime::parse_from_rfc3339(form).is_ok());
    form.map(Value::from).ok_or_else(|| {
        format!("`reviewDate` is `{text}`, and not like 2025-01-31 or 2025-01-31T09:00:00Z")
    })
}

/// The enums of the client are open; what they do not list, the server refuses without a reason.
fn unknown_values(work: &Work) -> Vec<String> {
    let frequencies = || Frequency::KNOWN.iter().map(Frequency::as_str).collect();
    let mut problems = Vec::new();
    let mut check = |name: &str, text: Option<&str>, known: Vec<&str>| {
        if let Some(text) = text.filter(|text| !known.contains(text)) {
            let known = known.join(", ");
            problems.push(format!("`{name}` is `{text}`, and not one of: {known}"));
        }
    };
    let (frequency, schedule, status) = match work {
        Work::Create(task) => (&task.frequency, None, None),
        Work::Update(_, task) => (
            &task.frequency,
            task.integration_schedule_frequency.as_ref(),
            task.status.as_ref(),
        ),
    };
    let set = match frequency {
        Patch::Value(frequency) => Some(frequency.as_str()),
        _ => None,
    };
    check("frequency", set, frequencies());
    let schedule = schedule.map(Frequency::as_str);
    check("integrationScheduleFrequency", schedule, frequencies());
    // Published as a value of answers only.
    let sent = |status: &&TaskStatus| **status != TaskStatus::Blocked;
    let statuses = TaskStatus::KNOWN.iter().filter(sent);
    check(
        "status",
        status.map(TaskStatus::as_str),
        statuses.map(TaskStatus::as_str).collect(),
    );
    problems
}

/// FNV-1a over names and values. The hashes of the standard library may differ from one release to
/// the next, and a journal may be older than the program.
fn fingerprint<'a>(fields: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> String {
    let set = fields.filter_map(|(name, text)| Some([name, text?]));
    let bytes = set.flatten().flat_map(|text| text.bytes().chain([0xff]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
