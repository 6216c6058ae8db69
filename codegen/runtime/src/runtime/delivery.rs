//! Finds out whether a request that has no response was given to a connection.
//!
//! reqwest does not say so. But it owns the request until there is a connection, and then moves it into the task
//! of that connection. So the request was not sent if its body is dropped together with reqwest's future.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a request was given to a connection.
#[derive(Default)]
pub(crate) struct Delivery {
    /// Whether the body was read.
    is_read: AtomicBool,
    /// Whether the body was dropped together with the future.
    is_dropped: AtomicBool,
}

thread_local! {
    /// The request whose future this thread drops.
    static DROPPED: Cell<*const Delivery> = const { Cell::new(ptr::null()) };
}

/// A request body that reports when it is read and dropped. `Pin` of it is a body again, as of every pointer to
/// a body.
struct Watched {
    body: reqwest::Body,
    delivery: Arc<Delivery>,
}

impl Delivery {
    /// Returns a body with the same content.
    pub(crate) fn watch(self: &Arc<Self>, body: reqwest::Body) -> reqwest::Body {
        reqwest::Body::wrap(Pin::new(Watched {
            body,
            delivery: Arc::clone(self),
        }))
    }

    /// Returns true if no part of the request was sent, and none can be sent any more. `drop_future` has to drop
    /// the future that sends the request. When in doubt, it returns false.
    ///
    /// A connection that took the request drops the body in a task of its own, which does not run on this thread
    /// meanwhile. So it cannot be mistaken for the future.
    pub(crate) fn is_undone_by(&self, drop_future: impl FnOnce()) -> bool {
        DROPPED.set(self);
        drop_future();
        DROPPED.set(ptr::null());
        self.is_dropped.load(Ordering::SeqCst) && !self.is_read.load(Ordering::SeqCst)
    }
}

impl Deref for Watched {
    type Target = reqwest::Body;

    fn deref(&self) -> &reqwest::Body {
        &self.body
    }
}

impl DerefMut for Watched {
    fn deref_mut(&mut self) -> &mut reqwest::Body {
        self.delivery.is_read.store(true, Ordering::SeqCst);
        &mut self.body
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if ptr::eq(DROPPED.get(), &*self.delivery) {
            self.delivery.is_dropped.store(true, Ordering::SeqCst);
        }
    }
}
