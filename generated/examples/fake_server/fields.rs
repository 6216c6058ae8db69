//! Readers of the request body's fields. The server checks only a few fields itself; the database
//! rejects the rest.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde_json::{Map, Value};

/// Reason why a body is rejected.
pub(super) enum Rejection {
    /// The server's own check: a 400 that says what is wrong.
    Invalid(&'static str),
    /// An error of the database: a 500 that does not say what is wrong.
    Database,
}

/// Values of `status`.
pub(super) const STATUSES: &[&str] = &[
    "todo",
    "in_progress",
    "in_review",
    "done",
    "not_relevant",
    "failed",
];

/// Values of `frequency` and `integrationScheduleFrequency`.
pub(super) const FREQUENCIES: &[&str] = &["daily", "weekly", "monthly", "quarterly", "yearly"];

/// Maximum length of a department in UTF-16 code units.
const MAX_DEPARTMENT: usize = 64;

/// Reads a field if the body has it.
pub(super) fn optional<T>(
    body: &Map<String, Value>,
    key: &str,
    read: impl Fn(&Value) -> Result<T, Rejection>,
) -> Result<Option<T>, Rejection> {
    body.get(key).map(read).transpose()
}

/// Makes a reader accept null.
pub(super) fn nullable<T>(
    read: impl Fn(&Value) -> Result<T, Rejection>,
) -> impl Fn(&Value) -> Result<Option<T>, Rejection> {
    move |value| (!value.is_null()).then(|| read(value)).transpose()
}

/// Reads a string. The database stores no NUL.
pub(super) fn text(value: &Value) -> Result<String, Rejection> {
    let text = value.as_str().filter(|text| !text.contains('\0'));
    text.map(str::to_owned).ok_or(Rejection::Database)
}

pub(super) fn one_of(allowed: &[&str]) -> impl Fn(&Value) -> Result<String, Rejection> {
    |value| {
        text(value).and_then(|text| {
            let known = allowed.contains(&text.as_str());
            known.then_some(text).ok_or(Rejection::Database)
        })
    }
}

pub(super) fn known_id(known: &[String]) -> impl Fn(&Value) -> Result<String, Rejection> {
    |value| {
        text(value).and_then(|id| {
            let known = known.contains(&id);
            known.then_some(id).ok_or(Rejection::Database)
        })
    }
}

pub(super) fn known_ids(known: &[String]) -> impl Fn(&Value) -> Result<Vec<String>, Rejection> {
    |value| {
        let ids = value.as_array().ok_or(Rejection::Database)?;
        ids.iter().map(known_id(known)).collect()
    }
}

/// Reads the assignee of an update, which the server looks up itself.
pub(super) fn assignee(
    members: &[String],
    platform_admins: &[String],
) -> impl Fn(&Value) -> Result<String, Rejection> {
    |value| {
        let id = text(value)?;
        if platform_admins.contains(&id) {
            let message = "Cannot assign a platform admin as assignee";
            Err(Rejection::Invalid(message))
        } else if members.contains(&id) {
            Ok(id)
        } else {
            let message = "Assignee is not a member of this organization";
            Err(Rejection::Invalid(message))
        }
    }
}

/// Reads a department, without white space around it.
pub(super) fn department(value: &Value) -> Result<String, Rejection> {
    let Some(name) = value.as_str().map(str::trim) else {
        let message = "department must be a string or null";
        return Err(Rejection::Invalid(message));
    };
    if name.is_empty() {
        let message = "department must not be empty (use null to clear)";
        Err(Rejection::Invalid(message))
    } else if name.encode_utf16().count() > MAX_DEPARTMENT {
        let message = "department must be at most 64 characters";
        Err(Rejection::Invalid(message))
    } else {
        text(&name.into())
    }
}

/// Reads a date and time, or a date. A date and time without an offset is in the server's own time
/// zone, UTC.
pub(super) fn review_date(value: &Value) -> Result<DateTime<Utc>, Rejection> {
    let invalid = Rejection::Invalid("reviewDate is invalid");
    let Some(text) = value.as_str() else {
        return Err(invalid);
    };
    DateTime::parse_from_rfc3339(text)
        .map(|date_time| date_time.to_utc())
        .or_else(|_| {
            text.parse::<NaiveDate>()
                .map(|date| date.and_time(NaiveTime::MIN).and_utc())
        })
        .or_else(|_| {
            text.parse::<NaiveDateTime>()
                .map(|date_time| date_time.and_utc())
        })
        .map_err(|_| invalid)
}
