//! An https server on a loopback port with a root certificate of its own, and a proxy to reach it by.

use std::io::{self, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::answers::task;
use super::server::read_request;

/// A running server, of http behind TLS or of a proxy. It runs until the process ends.
pub struct Server {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts to listen, and gives each connection to this function, with the list of requests.
    fn start(
        serve: impl Fn(TcpStream, &Mutex<Vec<String>>) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("the port");
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let server = Server {
            address,
            heard: Arc::clone(&heard),
        };
        let serve = Arc::new(serve);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (serve, heard) = (Arc::clone(&serve), Arc::clone(&heard));
                // An error is the end of the connection, which the client's side judges.
                thread::spawn(move || serve(stream, &heard));
            }
        });
        server
    }

    /// The requests that were read.
    pub fn heard(&self) -> Vec<String> {
        lock(&self.heard).clone()
    }
}

/// What a server shows of itself.
pub struct Identity {
    /// The root certificate, which clients may trust.
    pub root: String,
    config: Arc<ServerConfig>,
}

impl Identity {
    /// A certificate for this name, valid as of these parameters, and its root.
    pub fn new(name: &str, set: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut params = CertificateParams::new([]).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let root = CertifiedIssuer::self_signed(params, key).expect("a root certificate");

        let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
        set(&mut params);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &root).expect("a certificate");
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the versions are there")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())
            .expect("the certificate fits the key");
        Identity {
            root: root.pem(),
            config: Arc::new(config),
        }
    }

    /// An https server that answers every request with a task.
    pub fn serve(&self) -> Server {
        let config = Arc::clone(&self.config);
        Server::start(move |stream, heard| {
            let connection =
                ServerConnection::new(Arc::clone(&config)).map_err(io::Error::other)?;
            let mut reader = BufReader::new(StreamOwned::new(connection, stream));
            loop {
                let request = read_request(&mut reader, true)?;
                lock(heard).push(request);
                reader.get_mut().write_all(&task())?;
            }
        })
    }
}

/// A proxy that connects, when it is asked to, to whatever it is asked for.
pub fn proxy() -> Server {
    Server::start(|client, heard| {
        let head = read_request(&mut BufReader::new(&client), false)?;
        let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
        lock(heard).push(head);
        let server = TcpStream::connect(target)?;
        (&client).write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
        thread::scope(|scope| {
            scope.spawn(|| {
                let _ = io::copy(&mut &client, &mut &server);
                let _ = server.shutdown(Shutdown::Write);
            });
            let copied = io::copy(&mut &server, &mut &client);
            let _ = client.shutdown(Shutdown::Write);
            copied.map(drop)
        })
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
