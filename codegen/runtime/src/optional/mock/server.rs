//! The TCP server: a thread that accepts connections, and one thread a connection.

use std::io::{self, BufReader, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use super::expectations::Expectations;
use super::http::{self, HttpResponse};
use super::lock::lock;

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
    /// Starts the server on a free port.
    ///
    /// # Errors
    ///
    /// If no port or no thread is available.
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
                    // The client reports a connection that could not be accepted.
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

    /// Stops accepting, and closes every connection.
    pub(super) fn stop(&mut self) {
        let Some(acceptor) = self.acceptor.take() else {
            return;
        };
        self.connections.stopping.store(true, Ordering::SeqCst);
        // A connection makes the blocked `accept` return.
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
        // `stop` needs a second handle to close the connection.
        let Ok(handle) = stream.try_clone() else {
            return;
        };
        let mut open = lock(&self.open);
        open.retain(|stream| stream.peer_addr().is_ok());
        open.push(handle);
        let expectations = Arc::clone(expectations);
        let thread = thread::Builder::new().name("mock-connection".to_owned());
        // The client reports how the connection ends.
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
                    expectations.record_invalid(&error.to_string());
                    let text = format!("{error}\n").into_bytes();
                    stream.write_all(
                        &HttpResponse::new(400, "text/plain", text).bytes("GET", true),
                    )?;
                }
                return Err(error);
            }
        };
        let response = expectations.respond(&received);
        if !response.write(stream, &received.method, received.last)? {
            return Ok(());
        }
    }
}
