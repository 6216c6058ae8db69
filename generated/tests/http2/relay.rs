//! Forwards connections to a server, and can make them go silent.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

pub struct Relay {
    pub address: SocketAddr,
    /// How often connections were silenced.
    silenced: watch::Sender<usize>,
}

impl Relay {
    /// Starts to forward connections to this server.
    pub async fn start(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("the port");
        let silenced = watch::Sender::new(0);
        let receiver = silenced.subscribe();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(forward(stream, target, receiver.clone()));
            }
        });
        Self { address, silenced }
    }

    /// Keeps the connections open, and forwards nothing on them any more. New ones work.
    pub fn silence(&self) {
        self.silenced.send_modify(|times| *times += 1);
    }
}

async fn forward(mut client: TcpStream, target: SocketAddr, mut silenced: watch::Receiver<usize>) {
    silenced.mark_unchanged();
    let mut server = TcpStream::connect(target).await.expect("the server runs");
    tokio::select! {
        _ = copy_bidirectional(&mut client, &mut server) => {}
        _ = silenced.changed() => std::future::pending().await,
    }
}
