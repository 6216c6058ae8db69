//! Connections that are lost, if that is wanted: the caller cannot know whether the request was
//! acted on.

use std::io;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use socket2::SockRef;

use super::lock;

/// When a connection is reset, after a request was read from it.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Fault {
    BeforeActing,
    AfterActing,
}

/// Draws faults, the same ones in the same order for the same seed.
pub(super) struct Faults {
    one_in: u32,
    random: Mutex<fastrand::Rng>,
    resets: AtomicUsize,
}

impl Faults {
    pub(super) fn new(one_in: u32, seed: u64) -> Self {
        Self {
            one_in,
            random: Mutex::new(fastrand::Rng::with_seed(seed)),
            resets: AtomicUsize::new(0),
        }
    }

    /// What the next request is met with.
    pub(super) fn next(&self) -> Option<Fault> {
        if self.one_in == 0 {
            return None;
        }
        let mut random = lock(&self.random);
        let (strikes, acted) = (random.u32(0..self.one_in) == 0, random.bool());
        strikes.then_some(if acted {
            Fault::AfterActing
        } else {
            Fault::BeforeActing
        })
    }

    pub(super) fn resets(&self) -> usize {
        self.resets.load(Ordering::SeqCst)
    }

    /// Makes the close that follows a reset.
    pub(super) fn reset(&self, stream: &TcpStream) -> io::Result<()> {
        self.resets.fetch_add(1, Ordering::SeqCst);
        SockRef::from(stream).set_linger(Some(Duration::ZERO))
    }
}
