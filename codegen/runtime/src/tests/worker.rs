//! The thread of a blocking client.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use crate::runtime::ErrorKind;
use crate::runtime::worker::{Wait, Worker};

fn wait(limit: Duration) -> Wait {
    Wait {
        operation: "op",
        repeatable: false,
        limit,
    }
}

#[test]
fn a_caller_does_not_wait_longer_than_its_limit_for_a_busy_thread() {
    let worker = Worker::start().expect("a thread");
    let (release, released) = mpsc::channel::<()>();
    let busy = {
        let worker = worker.clone();
        std::thread::spawn(move || worker.run(async move { released.recv() }, &wait(Duration::MAX)))
    };
    // The thread may not be busy yet: then it runs this, and the next one is late.
    let is_late = || loop {
        let ran = Arc::new(AtomicBool::new(false));
        let future = {
            let ran = Arc::clone(&ran);
            async move { ran.store(true, Ordering::SeqCst) }
        };
        if let Err(error) = worker.run(future, &wait(Duration::ZERO)) {
            return (error, ran);
        }
    };
    let (error, ran) = is_late();
    assert_eq!(error.to_string(), "op: no response in time");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert!(!error.may_have_been_applied() && error.is_retryable());

    release.send(()).expect("the thread waits");
    assert!(busy.join().expect("no panic").is_ok());
    worker
        .run(async {}, &wait(Duration::MAX))
        .expect("the thread is free again");
    assert!(
        !ran.load(Ordering::SeqCst),
        "the late call was made all the same"
    );
}

#[test]
fn a_call_that_was_started_may_have_been_applied() {
    let worker = Worker::start().expect("a thread");
    // The thread may be too slow to start the first ones.
    let mut errors = std::iter::from_fn(|| {
        let never_ends = std::future::pending::<()>();
        worker.run(never_ends, &wait(Duration::ZERO)).err()
    });
    let error = errors.find(|error| error.attempts() == 1);
    let error = error.expect("one was started");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.may_have_been_applied() && !error.is_retryable());
}

#[test]
fn a_call_in_another_process_is_an_error() {
    let mut worker = Worker::start().expect("a thread");
    worker.process += 1;
    let error = worker
        .run(async {}, &wait(Duration::MAX))
        .expect_err("no thread");
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(
        error
            .to_string()
            .contains("build the client after the fork"),
        "{error}"
    );
    assert!(!error.may_have_been_applied());
}
