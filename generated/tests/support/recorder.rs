//! Records every span, event and log line of the process, at every level.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// Spans, events and log lines.
#[derive(Default)]
pub struct Recorder {
    records: Mutex<Vec<Record>>,
}

/// A span or an event of `tracing`, or a line of `log`.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Position among all records, and the id of a span.
    pub id: u64,
    /// Id of the enclosing span.
    pub parent: Option<u64>,
    pub is_span: bool,
    pub name: String,
    pub target: String,
    /// Names and values, in the order in which they were recorded.
    pub fields: Vec<(String, String)>,
}

impl Record {
    /// Value of a field, the last one if it was recorded several times.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter().rev();
        fields.find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

impl Recorder {
    /// The recorder of this process, which starts to record with the first call.
    pub fn install() -> &'static Recorder {
        static RECORDER: OnceLock<&'static Recorder> = OnceLock::new();
        RECORDER.get_or_init(|| {
            let recorder: &'static Recorder = Box::leak(Box::default());
            log::set_logger(recorder).expect("no other logger");
            log::set_max_level(log::LevelFilter::Trace);
            #[cfg(feature = "tracing")]
            tracing::subscriber::set_global_default(spans::Subscriber {
                recorder,
                spans: Mutex::default(),
            })
            .expect("no other subscriber");
            recorder
        })
    }

    /// All records so far.
    pub fn records(&self) -> Vec<Record> {
        self.lock().clone()
    }

    /// The records of which this span is the parent.
    pub fn below(&self, parent: u64) -> Vec<Record> {
        let mut records = self.records();
        records.retain(|record| record.parent == Some(parent));
        records
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Record>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a record and returns its id.
    fn add(&self, mut record: Record) -> u64 {
        let mut records = self.lock();
        record.id = records.len() as u64 + 1;
        records.push(record);
        records.len() as u64
    }
}

impl log::Log for Recorder {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, line: &log::Record<'_>) {
        self.add(Record {
            target: line.target().to_owned(),
            fields: vec![("message".to_owned(), line.args().to_string())],
            ..Record::default()
        });
    }

    fn flush(&self) {}
}

#[cfg(feature = "tracing")]
mod spans {
    use std::cell::RefCell;
    use std::collections::HashMap;
    use std::fmt;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id};
    use tracing::{Event, Metadata};

    use super::{Record, Recorder};

    pub(super) struct Subscriber {
        pub(super) recorder: &'static Recorder,
        /// Metadata of all spans, which `tracing` asks for.
        pub(super) spans: Mutex<HashMap<u64, &'static Metadata<'static>>>,
    }

    std::thread_local! {
        /// The spans that this thread has entered, the innermost last.
        static ENTERED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    }

    fn innermost() -> Option<u64> {
        ENTERED.with_borrow(|entered| entered.last().copied())
    }

    struct Fields<'a>(&'a mut Vec<(String, String)>);

    impl Visit for Fields<'_> {
        fn record_str(&mut self, field: &Field, value: &str) {
            self.0.push((field.name().to_owned(), value.to_owned()));
        }

        fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
            let value = format!("{value:?}");
            self.0.push((field.name().to_owned(), value));
        }
    }

    impl Subscriber {
        fn spans(&self) -> MutexGuard<'_, HashMap<u64, &'static Metadata<'static>>> {
            self.spans.lock().unwrap_or_else(PoisonError::into_inner)
        }

        fn record(
            &self,
            metadata: &Metadata<'_>,
            parent: Option<u64>,
            visit: impl FnOnce(&mut dyn Visit),
        ) -> u64 {
            let mut fields = Vec::new();
            visit(&mut Fields(&mut fields));
            self.recorder.add(Record {
                parent,
                is_span: metadata.is_span(),
                name: metadata.name().to_owned(),
                target: metadata.target().to_owned(),
                fields,
                ..Record::default()
            })
        }
    }

    impl tracing::Subscriber for Subscriber {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, span: &Attributes<'_>) -> Id {
            let parent = match span.parent() {
                Some(parent) => Some(parent.into_u64()),
                None if span.is_root() => None,
                None => innermost(),
            };
            let id = self.record(span.metadata(), parent, |visit| span.record(visit));
            self.spans().insert(id, span.metadata());
            Id::from_u64(id)
        }

        fn current_span(&self) -> tracing_core::span::Current {
            let spans = self.spans();
            let known = innermost().and_then(|id| Some((id, *spans.get(&id)?)));
            known.map_or_else(tracing_core::span::Current::none, |(id, metadata)| {
                tracing_core::span::Current::new(Id::from_u64(id), metadata)
            })
        }

        fn record(&self, span: &Id, values: &tracing::span::Record<'_>) {
            let index = usize::try_from(span.into_u64() - 1).expect("an index");
            values.record(&mut Fields(&mut self.recorder.lock()[index].fields));
        }

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            let parent = event.parent().map(Id::into_u64).or_else(innermost);
            self.record(event.metadata(), parent, |visit| event.record(visit));
        }

        fn enter(&self, span: &Id) {
            ENTERED.with_borrow_mut(|entered| entered.push(span.into_u64()));
        }

        fn exit(&self, span: &Id) {
            ENTERED.with_borrow_mut(|entered| {
                let position = entered.iter().rposition(|it| *it == span.into_u64());
                entered.remove(position.expect("the span was entered"));
            });
        }
    }
}
