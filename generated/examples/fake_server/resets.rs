//! Injected connection resets, after which a client cannot know whether its request was handled.

use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use socket2::Socket;

use super::lock;

/// When the server resets a connection, relative to the request that it has read from it.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Reset {
    BeforeHandling,
    AfterHandling,
}

/// Pseudo-random choice of the requests whose connections are reset.
pub(super) struct Resets {
    one_in: u32,
    random: Mutex<fastrand::Rng>,
    count: AtomicUsize,
}

impl Resets {
    pub(super) fn new(one_in: u32, seed: u64) -> Self {
        Self {
            one_in,
            random: Mutex::new(fastrand::Rng::with_seed(seed)),
            count: AtomicUsize::new(0),
        }
    }

    /// Decides whether the next request's connection is reset.
    pub(super) fn next(&self) -> Option<Reset> {
        if self.one_in == 0 {
            return None;
        }
        let mut random = lock(&self.random);
        let (resets, after) = (random.u32(0..self.one_in) == 0, random.bool());
        resets.then_some(if after {
            Reset::AfterHandling
        } else {
            Reset::BeforeHandling
        })
    }

    pub(super) fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// Prepares a socket so that closing it resets the connection, and returns the error that
    /// makes hyper close it.
    pub(super) fn reset(&self, socket: Result<&Socket, &io::Error>) -> io::Error {
        self.count.fetch_add(1, Ordering::SeqCst);
        if let Ok(socket) = socket {
            // If this fails, the connection is closed instead, which loses the response too.
            let _ = socket.set_linger(Some(Duration::ZERO));
        }
        io::ErrorKind::ConnectionReset.into()
    }
}
