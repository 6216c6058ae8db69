//! A stand-in for the Comp AI API: the two task operations on a loopback port,
//! answering as the vendor's server does, mistakes included. Nothing leaves the
//! machine and no account is needed.
//!
//! ```ignore
//! let server = StandIn::start(Options::default())?;
//! let client = Client::builder().base_url(server.base_url()).api_key(server.api_key()).build()?;
//! ```
//!
//! It knows `POST /v1/tasks` and `PATCH /v1/tasks/{taskId}`; every other path
//! is a 404. It supports what HTTP/1.1 clients send to those: kept-alive
//! connections and bodies with a `Content-Length`. A chunked body is a 411.

#![allow(
    dead_code,
    reason = "each program that includes this module uses a part of it"
)]

mod api;
mod faults;
mod fields;
mod json;
mod request;
mod response;
mod task;
mod tasks;
mod throttle;

use std::collections::HashMap;
use std::io::{self, BufReader};
use std::net::{IpAddr, Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use api::Api;
use faults::{Fault, Faults};
use request::{ReadError, Request};
use response::Response;

/// What the stand-in knows and how strict it is.
#[derive(Clone)]
pub struct Options {
    /// The port to listen on; 0 for any that is free.
    pub port: u16,
    /// The key that may do everything.
    pub api_key: String,
    /// Keys that are valid and may do nothing: they get a 403.
    pub keys_without_scope: Vec<String>,
    /// How many requests an operation takes from one address in each
    /// `throttle_window`.
    pub throttle_limit: u32,
    /// How long a request counts, and how long an address that went over the
    /// limit is refused.
    pub throttle_window: Duration,
    /// How long a connection may be silent before it is closed.
    pub keep_alive_timeout: Duration,
    /// Ids of the organization's members: who can be assignee and approver.
    pub members: Vec<String>,
    /// Ids of the controls that a task can be connected to.
    pub controls: Vec<String>,
    /// Ids of the templates that a task can be made from.
    pub task_templates: Vec<String>,
    /// Ids of the vendors that a task can be connected to.
    pub vendors: Vec<String>,
    /// One of how many connections is reset when a request has been read from it, whether by then
    /// the request was acted on or not; 0 for none.
    pub reset_one_in: u32,
    /// Decides which.
    pub seed: u64,
    /// Is told of each request that arrives, in the thread that answers it.
    pub observer: Option<Observer>,
}

/// What [`Options::observer`] is.
pub type Observer = Arc<dyn Fn(Stage) + Send + Sync>;

/// How far a request has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    /// It has been read, and nothing has been done.
    Arrived,
    /// It has been acted on, and not been answered.
    Acted,
}

impl Default for Options {
    /// The vendor's limits, and the ids that the published examples name.
    fn default() -> Self {
        let ids = |ids: &[&str]| ids.iter().map(ToString::to_string).collect();
        Self {
            api_key: "comp_stand_in_key".to_owned(),
            keys_without_scope: ids(&["comp_stand_in_key_without_scope"]),
            throttle_limit: 100,
            throttle_window: Duration::from_secs(60),
            keep_alive_timeout: Duration::from_secs(5),
            members: ids(&["mem_abc123", "mem_def456"]),
            controls: ids(&["ctrl_abc123", "ctrl_def456"]),
            task_templates: ids(&["tmpl_abc123", "frk_tt_68406e353df3bc002994acef"]),
            vendors: ids(&["vnd_abc123"]),
            port: 0,
            reset_one_in: 0,
            seed: 0,
            observer: None,
        }
    }
}

/// A running stand-in. It stops, and its port is free again, when this is
/// dropped.
pub struct StandIn {
    address: SocketAddr,
    server: Arc<Server>,
    acceptor: Option<JoinHandle<()>>,
}

impl StandIn {
    /// Starts to listen on a port of the loopback interface.
    ///
    /// # Errors
    ///
    /// When the port cannot be bound or no thread can be started.
    pub fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        let address = listener.local_addr()?;
        let server = Arc::new(Server {
            keep_alive_timeout: options.keep_alive_timeout,
            faults: Faults::new(options.reset_one_in, options.seed),
            observer: options.observer.clone(),
            api: Api::new(options),
            requests: AtomicUsize::new(0),
            stopping: AtomicBool::new(false),
            connections: Mutex::default(),
        });
        let acceptor = thread::Builder::new().name("stand-in".to_owned()).spawn({
            let server = Arc::clone(&server);
            move || server.accept_connections(&listener)
        })?;
        Ok(Self {
            address,
            server,
            acceptor: Some(acceptor),
        })
    }

    /// Scheme, host and port, without a slash at the end:
    /// `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The key that may do everything.
    pub fn api_key(&self) -> &str {
        self.server.api.api_key()
    }

    /// Every task that exists, oldest first, with all the fields that an update
    /// answers.
    pub fn tasks(&self) -> Vec<serde_json::Value> {
        self.server.api.tasks()
    }

    /// How many requests have arrived, whatever the answer was.
    pub fn requests(&self) -> usize {
        self.server.requests.load(Ordering::SeqCst)
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        lock(&self.server.connections).len()
    }

    /// How many connections were reset on purpose.
    pub fn resets(&self) -> usize {
        self.server.faults.resets()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.server.stopping.store(true, Ordering::SeqCst);
        // `accept` cannot be interrupted; a connection makes it return. Should
        // even that fail, waiting would be forever.
        let woken = TcpStream::connect(self.address).is_ok();
        if let Some(acceptor) = self.acceptor.take().filter(|_| woken) {
            // An error here is a panic of that thread, which has been printed;
            // a second one in `drop` would abort.
            let _ = acceptor.join();
        }
    }
}

/// What the threads share.
struct Server {
    keep_alive_timeout: Duration,
    faults: Faults,
    observer: Option<Observer>,
    api: Api,
    requests: AtomicUsize,
    stopping: AtomicBool,
    /// The open connections, so that stopping can close them under the threads
    /// that read from them.
    connections: Mutex<HashMap<usize, Arc<TcpStream>>>,
}

impl Server {
    /// Takes connections until the server stops, and returns when the thread of
    /// each has ended.
    fn accept_connections(&self, listener: &TcpListener) {
        thread::scope(|scope| {
            for (number, accepted) in listener.incoming().enumerate() {
                if self.stopping.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = accepted else {
                    // Out of file descriptors, most likely: without a pause
                    // this would be a busy loop.
                    thread::sleep(Duration::from_millis(10));
                    continue;
                };
                let stream = Arc::new(stream);
                lock(&self.connections).insert(number, Arc::clone(&stream));
                let spawned = thread::Builder::new().spawn_scoped(scope, move || {
                    // The other side is gone or has broken the protocol. Either
                    // way the connection is over.
                    let _ = self.serve(&stream);
                    lock(&self.connections).remove(&number);
                });
                if spawned.is_err() {
                    lock(&self.connections).remove(&number);
                }
            }
            for stream in lock(&self.connections).values() {
                let _ = stream.shutdown(Shutdown::Both);
            }
        });
    }

    /// Answers the requests of one connection, one after the other.
    fn serve(&self, stream: &TcpStream) -> io::Result<()> {
        let client: IpAddr = stream.peer_addr()?.ip();
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(self.keep_alive_timeout))?;
        let mut reader = BufReader::new(stream);
        loop {
            match Request::read(&mut reader, stream) {
                Ok(request) => {
                    self.requests.fetch_add(1, Ordering::SeqCst);
                    let keep_alive = request.keep_alive().then_some(self.keep_alive_timeout);
                    let fault = self.faults.next();
                    self.observe(Stage::Arrived);
                    if fault == Some(Fault::BeforeActing) {
                        return self.faults.reset(stream);
                    }
                    let answer = self.api.answer(&request, client);
                    self.observe(Stage::Acted);
                    if fault == Some(Fault::AfterActing) {
                        return self.faults.reset(stream);
                    }
                    answer.write(stream, &request, keep_alive)?;
                    if keep_alive.is_none() {
                        return response::close(stream);
                    }
                }
                Err(ReadError::Refused(status)) => {
                    self.requests.fetch_add(1, Ordering::SeqCst);
                    Response::empty(status).write_and_close(stream)?;
                    return response::close(stream);
                }
                Err(ReadError::Closed) => return Ok(()),
            }
        }
    }

    fn observe(&self, stage: Stage) {
        if let Some(observer) = &self.observer {
            observer(stage);
        }
    }
}

/// Locks, also after a thread has panicked with the lock held: no holder leaves
/// a half-made change.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
