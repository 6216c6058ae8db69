//! The connections of a client: a pool for each Tokio runtime that uses the client, and for http and https.
//!
//! A connection is a task of the runtime that made it. On another runtime it would fail when its own ends, and
//! would stall while its own is not running. Only https uses root certificates and the system's proxies.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::Url;
use tokio::runtime;

use super::proxy::Proxy;
#[cfg(feature = "rustls-no-provider")]
use super::tls::Tls;

/// How many pools there are at a time. One more replaces the oldest.
const MAX_POOLS: usize = 16;

/// Together less than the default timeout of an attempt, so that a dead connection is found by then.
#[cfg(feature = "http2")]
const PING_INTERVAL: Duration = Duration::from_secs(10);
#[cfg(feature = "http2")]
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// The connections of a client.
pub(crate) enum Connections {
    /// Connections of a reqwest client that the caller has built.
    Callers(reqwest::Client),
    Own {
        settings: Box<ConnectionSettings>,
        pools: Mutex<Pools>,
    },
}

pub(crate) struct Pools {
    open: Vec<Pool>,
    /// Number of pools made so far.
    made: u64,
}

/// The connections of one runtime, for http or https.
#[derive(Clone)]
pub(crate) struct Pool {
    pub(crate) http: reqwest::Client,
    is_https: bool,
    /// `None` before the first call.
    runtime: Option<runtime::Id>,
    number: u64,
    /// Number of responses.
    responses: Arc<AtomicU64>,
}

/// How connections are made.
pub(crate) struct ConnectionSettings {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_idle: usize,
    pub(crate) proxy: Proxy,
    #[cfg(feature = "rustls-no-provider")]
    pub(crate) tls: Tls,
}

impl Connections {
    /// Makes a pool for the base URL and the first runtime.
    ///
    /// # Errors
    ///
    /// If a setting is invalid. Nothing is sent.
    pub(crate) fn new(settings: ConnectionSettings, base_url: &Url) -> Result<Self, String> {
        let first = settings.pool(base_url, None, 0)?;
        Ok(Connections::Own {
            settings: Box::new(settings),
            pools: Mutex::new(Pools {
                open: vec![first],
                made: 1,
            }),
        })
    }

    /// Returns the pool of a runtime for a server.
    pub(crate) fn of(&self, runtime: runtime::Id, base_url: &Url) -> Result<Pool, String> {
        let (settings, pools) = match self {
            Connections::Callers(http) => {
                return Ok(Pool::new(http.clone(), base_url, None, 0));
            }
            Connections::Own { settings, pools } => (settings, pools),
        };
        let mut pools = lock(pools);
        let mut open = pools.open.iter_mut();
        if let Some(pool) = open.find(|pool| {
            pool.runtime.is_none_or(|its| its == runtime) && pool.is_https == is_https(base_url)
        }) {
            pool.runtime = Some(runtime);
            return Ok(pool.clone());
        }
        let pool = settings.pool(base_url, Some(runtime), pools.made)?;
        pools.made += 1;
        if pools.open.len() == MAX_POOLS {
            pools.open.remove(0);
        }
        pools.open.push(pool.clone());
        Ok(pool)
    }

    /// Makes no more calls on the connections of a pool if an attempt has timed out on it that has seen this
    /// number of responses, and there was none since. Calls that use its connections go on.
    ///
    /// All calls to a server share an HTTP/2 connection, which stays in its pool when a call times out. If it is
    /// dead, every later call would time out as well. If it is not, a new one would be a burden for a server that
    /// is slow already. A connection of HTTP/1.1 is closed when its call times out.
    pub(crate) fn discard_silent(&self, pool: &Pool, seen: u64) {
        match self {
            Connections::Own { pools, .. }
                if cfg!(feature = "http2") && pool.responses() == seen =>
            {
                lock(pools).open.retain(|other| other.number != pool.number);
            }
            _ => {}
        }
    }
}

impl Pool {
    fn new(
        http: reqwest::Client,
        base_url: &Url,
        runtime: Option<runtime::Id>,
        number: u64,
    ) -> Self {
        Pool {
            http,
            is_https: is_https(base_url),
            runtime,
            number,
            responses: Arc::default(),
        }
    }

    /// Returns the number of responses so far.
    pub(crate) fn responses(&self) -> u64 {
        self.responses.load(Ordering::Relaxed)
    }

    /// Counts a response, and returns their number.
    pub(crate) fn count_response(&self) -> u64 {
        self.responses.fetch_add(1, Ordering::Relaxed) + 1
    }
}

fn is_https(base_url: &Url) -> bool {
    base_url.scheme() == "https"
}

fn lock(pools: &Mutex<Pools>) -> MutexGuard<'_, Pools> {
    pools.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ConnectionSettings {
    fn pool(
        &self,
        base_url: &Url,
        runtime: Option<runtime::Id>,
        number: u64,
    ) -> Result<Pool, String> {
        let http = self.reqwest(base_url)?;
        Ok(Pool::new(http, base_url, runtime, number))
    }

    fn reqwest(&self, base_url: &Url) -> Result<reqwest::Client, String> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(self.idle_timeout)
            .pool_max_idle_per_host(self.max_idle);
        #[cfg(feature = "http2")]
        let builder = builder
            .http2_keep_alive_interval(PING_INTERVAL)
            .http2_keep_alive_timeout(PING_TIMEOUT);
        #[cfg(feature = "rustls-no-provider")]
        let builder = {
            let is_used = is_https(base_url) || matches!(self.proxy, Proxy::Url(_));
            builder.tls_backend_preconfigured(self.tls.configuration(is_used)?)
        };
        self.proxy
            .set(builder, base_url)?
            .build()
            .map_err(|error| format!("reqwest rejects the settings: {}", error.without_url()))
    }
}
