//! An https server with a root certificate of its own, and a proxy for it.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::support::{CannedResponse, Server, Stream};

/// Certificate and key of a server, and the root certificate that has signed them.
pub struct Identity {
    /// The root certificate as PEM.
    pub root: String,
    config: Arc<ServerConfig>,
}

impl Identity {
    /// A certificate for this host name with these parameters.
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
            .expect("the versions are supported")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())
            .expect("the certificate matches the key");
        Identity {
            root: root.pem(),
            config: Arc::new(config),
        }
    }

    /// The configuration of an HTTP/2 server.
    pub fn http2(&self) -> Arc<ServerConfig> {
        let mut config = ServerConfig::clone(&self.config);
        config.alpn_protocols = vec![b"h2".to_vec()];
        Arc::new(config)
    }

    /// An https server with this script.
    pub fn serve(&self, script: impl Into<Vec<CannedResponse>>) -> Server {
        let config = Arc::clone(&self.config);
        Server::start_on(script, move |stream| {
            let connection = ServerConnection::new(Arc::clone(&config));
            let connection = connection.map_err(io::Error::other)?;
            Ok(Box::new(StreamOwned::new(connection, stream)) as Box<dyn Stream>)
        })
    }
}

/// A proxy that connects to the target of each CONNECT request.
pub fn proxy() -> Server {
    Server::start(CannedResponse::decide(|request| {
        let target = request.head.split(' ').nth(1).unwrap_or_default();
        let target = target.to_owned();
        CannedResponse::raw("HTTP/1.1 200 Connected\r\n\r\n")
            .then(move |client| tunnel(client, &TcpStream::connect(&target)?))
    }))
}

/// Copies bytes in both directions until both sides have closed the connection.
fn tunnel(client: &TcpStream, server: &TcpStream) -> io::Result<()> {
    thread::scope(|scope| {
        scope.spawn(|| copy(client, server));
        copy(server, client)
    })
}

fn copy(mut from: &TcpStream, mut to: &TcpStream) -> io::Result<()> {
    let copied = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
    copied.map(drop)
}
