//! The other end of a connection, for work that takes so long that its client may leave.

use std::any::Any;
use std::io::ErrorKind;
use std::net::TcpStream;
use std::os::fd::AsFd;

use actix_web::HttpRequest;
use actix_web::dev::Extensions;

/// A second handle of the connection's socket; nothing is read from it.
struct Peer(TcpStream);

/// Keeps the other end of a new connection for `has_gone`.
pub fn remember_peer(connection: &dyn Any, extensions: &mut Extensions) {
    let stream = connection.downcast_ref::<actix_web::rt::net::TcpStream>();
    if let Some(Ok(socket)) = stream.map(|stream| stream.as_fd().try_clone_to_owned()) {
        extensions.insert(Peer(TcpStream::from(socket)));
    }
}

/// Whether the client of the request has closed the connection: nobody would read the answer.
pub(super) fn has_gone(request: &HttpRequest) -> bool {
    // The socket does not block: no byte waiting is an error that says so.
    let waiting = |Peer(socket): &Peer| socket.peek(&mut [0_u8; 1]);
    match request.conn_data::<Peer>().map(waiting) {
        None | Some(Ok(1..)) => false,
        Some(Ok(0)) => true,
        Some(Err(error)) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted),
    }
}
