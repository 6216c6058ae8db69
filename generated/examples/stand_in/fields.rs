//! How the members of a body are read. The server checks few of them itself;
//! the rest is for the database to refuse.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde_json::{Map, Value};

/// Why a body is not accepted.
pub(super) enum Rejection {
    /// The server saw it: a 400 that says what is wrong.
    Invalid(&'static str),
    /// The database saw it: a 500 that says nothing.
    Database,
}

/// What a task can be.
pub(super) const STATUSES: &[&str] = &[
    "todo",
    "in_progress",
    "in_review",
    "done",
    "not_relevant",
    "failed",
];

/// How often something happens.
pub(super) const FREQUENCIES: &[&str] = &["daily", "weekly", "monthly", "quarterly", "yearly"];

/// The longest name of a department, in UTF-16 code units.
const MAX_DEPARTMENT: usize = 64;

/// Reads the member of that name, if there is one.
pub(super) fn optional<T>(
    body: &Map<String, Value>,
    key: &str,
    read: impl Fn(&Value) -> Result<T, Rejection>,
) -> Result<Option<T>, Rejection> {
    body.get(key).map(read).transpose()
}

/// Makes a reader accept null too.
pub(super) fn nullable<T>(
    read: impl Fn(&Value) -> Result<T, Rejection>,
) -> impl Fn(&Value) -> Result<Option<T>, Rejection> {
    move |value| (!value.is_null()).then(|| read(value)).transpose()
}

pub(super) fn text(value: &Value) -> Result<String, Rejection> {
    value.as_str().map(str::to_owned).ok_or(Rejection::Database)
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

/// Like [`known_id`], but the server looks the member up itself.
pub(super) fn member_id(members: &[String]) -> impl Fn(&Value) -> Result<String, Rejection> {
    |value| {
        let id = text(value)?;
        if members.contains(&id) {
            Ok(id)
        } else {
            let message = "Assignee is not a member of this organization";
            Err(Rejection::Invalid(message))
        }
    }
}

pub(super) fn department(value: &Value) -> Result<String, Rejection> {
    let name = text(value)?;
    if name.is_empty() {
        Err(Rejection::Invalid(
            "department must not be empty (use null to clear)",
        ))
    } else if name.encode_utf16().count() > MAX_DEPARTMENT {
        Err(Rejection::Invalid(
            "department must be at most 64 characters",
        ))
    } else {
        Ok(name)
    }
}

/// Date and time, or a date alone, or a date and time without an offset, which
/// is the server's own time: UTC.
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
