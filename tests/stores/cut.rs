//! A way to a Valkey server on which commands are counted, and can be held: what has sent them is as good as dead at any of them.

use std::sync::Arc;

use oauth_tests::valkey::node;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// A way to the server that all tests share. With it ends whatever it holds.
pub(crate) struct Way {
    port: u16,
    gate: Arc<Gate>,
    _tasks: JoinSet<()>,
}

struct Gate {
    /// The commands that still pass.
    left: watch::Sender<usize>,
    is_held: watch::Sender<bool>,
}

impl Way {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let gate =
            Arc::new(Gate { left: watch::Sender::new(usize::MAX), is_held: watch::Sender::new(false) });
        let (mut tasks, counting) = (JoinSet::new(), Arc::clone(&gate));
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                connections.spawn(carry(client, Arc::clone(&counting)));
            }
        });
        Self { port, gate, _tasks: tasks }
    }

    pub(crate) fn url(&self) -> String {
        format!("valkey://127.0.0.1:{}", self.port)
    }

    /// Lets so many commands pass from now on.
    pub(crate) fn allow(&self, commands: usize) {
        self.gate.is_held.send_replace(false);
        self.gate.left.send_replace(commands);
    }

    /// Waits until a command is held.
    pub(crate) async fn held(&self) {
        self.gate.is_held.subscribe().wait_for(|is_held| *is_held).await.unwrap();
    }

    /// Does an operation, but not what comes after so many commands: `false`, if that is needed.
    pub(crate) async fn cut(&self, commands: usize, operation: impl Future<Output = ()>) -> bool {
        self.allow(commands);
        tokio::select! {
            biased;
            () = operation => true,
            () = self.held() => false,
        }
    }
}

impl Gate {
    /// Tells whether one more command passes.
    fn passes(&self) -> bool {
        let mut passes = false;
        self.left.send_if_modified(|left| {
            passes = *left > 0;
            *left = left.saturating_sub(1);
            false
        });
        passes
    }
}

async fn carry(client: TcpStream, gate: Arc<Gate>) {
    let server = TcpStream::connect(("127.0.0.1", node().port())).await.unwrap();
    let ((from_client, mut to_client), (mut from_server, to_server)) =
        (client.into_split(), server.into_split());
    let answers = async {
        let _ = tokio::io::copy(&mut from_server, &mut to_client).await;
    };
    tokio::select! {
        () = answers => {}
        Some(()) = commands(BufReader::new(from_client), to_server, &gate) => {}
    }
}

/// Hands on one command after the other, each an array of texts; `None`: the client is gone.
async fn commands(
    mut client: BufReader<OwnedReadHalf>,
    mut server: OwnedWriteHalf,
    gate: &Gate,
) -> Option<()> {
    loop {
        let mut command = Vec::new();
        let texts = length(&mut client, b'*', &mut command).await?;
        for _ in 0..texts {
            let bytes = length(&mut client, b'$', &mut command).await?;
            let start = command.len();
            command.resize(start + bytes + 2, 0);
            client.read_exact(&mut command[start..]).await.ok()?;
        }
        while !gate.passes() {
            gate.is_held.send_replace(true);
            gate.left.subscribe().wait_for(|left| *left > 0).await.ok()?;
        }
        server.write_all(&command).await.ok()?;
    }
}

/// Reads a line that says how many follow.
async fn length(client: &mut BufReader<OwnedReadHalf>, kind: u8, command: &mut Vec<u8>) -> Option<usize> {
    let start = command.len();
    client.read_until(b'\n', command).await.ok()?;
    let line = command.get(start..)?;
    let (first, number) = line.split_first()?;
    assert_eq!(*first, kind, "it is no command of RESP");
    Some(std::str::from_utf8(number).unwrap().trim_end().parse().unwrap())
}
