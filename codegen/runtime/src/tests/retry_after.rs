//! `Retry-After` in every form that a server may send.

use std::time::{Duration, Instant, SystemTime};

use http::HeaderMap;

use crate::runtime::retry_after::retry_after;

const NOW: Duration = Duration::from_secs(784_111_777); // Sun, 06 Nov 1994 08:49:37 GMT

fn read(value: &[u8], date: Option<&str>) -> Option<Duration> {
    let mut headers = HeaderMap::new();
    let value = http::HeaderValue::from_bytes(value).expect("a header value");
    headers.insert("retry-after", value);
    if let Some(date) = date {
        headers.insert("date", date.parse().expect("a header value"));
    }
    retry_after(&headers, SystemTime::UNIX_EPOCH + NOW)
}

#[test]
fn seconds_and_every_date_format_are_parsed() {
    for (text, seconds) in [
        ("0", 0),
        ("60", 60),
        (" 7 ", 7),
        ("Sun, 06 Nov 1994 08:49:47 GMT", 10),
        ("Sunday, 06-Nov-94 08:49:47 GMT", 10),
        ("Sun Nov  6 08:49:47 1994", 10),
        ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
    ] {
        let expected = Some(Duration::from_secs(seconds));
        assert_eq!(read(text.as_bytes(), None), expected, "{text}");
    }
}

#[test]
fn a_very_long_time_can_be_added_to_an_instant() {
    let year = Duration::from_secs(31_536_000);
    assert!(Instant::now().checked_add(year).is_some());
    for text in [
        "31536001",
        "18446744073709551615",
        "99999999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        assert_eq!(read(text.as_bytes(), None), Some(year), "{text}");
    }
}

#[test]
fn an_invalid_value_is_ignored() {
    for text in ["", "-1", "+1", "1.5", "1s", "soon", "60, 60", "0x10"] {
        assert_eq!(read(text.as_bytes(), None), None, "{text}");
    }
    assert_eq!(read(b"\xff", None), None);
    assert_eq!(retry_after(&HeaderMap::new(), SystemTime::UNIX_EPOCH), None);
}

#[test]
fn a_date_is_compared_with_the_clock_of_the_server() {
    let until = b"Mon, 07 Nov 1994 00:00:30 GMT";
    let date = Some("Mon, 07 Nov 1994 00:00:00 GMT");
    assert_eq!(read(until, date), Some(Duration::from_secs(30)));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..proptest::test_runner::Config::with_cases(2_000)
    })]

    /// Any value is a time or is ignored.
    #[test]
    fn no_value_panics(
        value in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40),
        date in "[A-Z][a-z]{2,5},? [0-9]{1,2}[ -][A-Z][a-z]{2}[ -][0-9]{2,5} [0-9:]{5,9} GMT",
    ) {
        let wait = [value.as_slice(), date.as_bytes()]
            .into_iter()
            .filter(|value| http::HeaderValue::from_bytes(value).is_ok())
            .filter_map(|value| read(value, None));
        for wait in wait {
            proptest::prop_assert!(wait <= Duration::from_secs(31_536_000));
        }
    }
}
