//! The server: a thread that accepts, and one for each connection.

use std::io::{self, BufReader, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use super::expectations::Expectations;
use super::http::{self, Answer};

/// A running server.
pub(super) struct Server {
    address: SocketAddr,
    connections: Arc<Connections>,
    acceptor: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Connections {
    stopping: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

impl Server {
    /// # Errors
    ///
    /// If there is no port or no thread to be had.
    pub(super) fn start(expectations: Arc<Expectations>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let connections = Arc::new(Connections::default());
        let shared = Arc::clone(&connections);
        let acceptor = thread::Builder::new()
            .name("mock".to_owned())
            .spawn(move || {
                for stream in listener.incoming() {
                    if shared.stopping.load(Ordering::SeqCst) {
                        break;
                    }
                    // One that could not be accepted is the client's error.
                    if let Ok(stream) = stream {
                        shared.serve(stream, &expectations);
                    }
                }
            })?;
        Ok(Server {
            address,
            connections,
            acceptor: Some(acceptor),
        })
    }

    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Accepts no more, and closes every connection.
    pub(super) fn stop(&mut self) {
        let Some(acceptor) = self.acceptor.take() else {
            return;
        };
        self.connections.stopping.store(true, Ordering::SeqCst);
        // `accept` cannot be interrupted; a connection makes it return.
        if TcpStream::connect(self.address).is_ok() {
            let _ = acceptor.join();
        }
        for stream in lock(&self.connections.open).drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Connections {
    fn serve(&self, stream: TcpStream, expectations: &Arc<Expectations>) {
        // Without a second handle it could not be closed at the end.
        let Ok(handle) = stream.try_clone() else {
            return;
        };
        let mut open = lock(&self.open);
        open.retain(|stream| stream.peer_addr().is_ok());
        open.push(handle);
        let expectations = Arc::clone(expectations);
        let thread = thread::Builder::new().name("mock-connection".to_owned());
        // How the connection ends is the client's concern.
        let _ = thread.spawn(move || {
            let _ = talk(&stream, &expectations);
            let _ = stream.shutdown(Shutdown::Both);
        });
    }
}

fn talk(mut stream: &TcpStream, expectations: &Expectations) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let received = match http::read(&mut reader) {
            Ok(Some(received)) => received,
            Ok(None) => return Ok(()),
            Err(error) => {
                if error.kind() == io::ErrorKind::InvalidData {
                    expectations.unreadable(&error.to_string());
                    let text = format!("{error}\n").into_bytes();
                    stream.write_all(&Answer::new(400, "text/plain", text).bytes("GET", true))?;
                }
                return Err(error);
            }
        };
        let reply = expectations.reply(&received);
        if !reply.write(stream, &received.method, received.last)? {
            return Ok(());
        }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
