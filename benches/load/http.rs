//! A load generator that costs little itself: prebuilt HTTP/1.1 requests on kept connections.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a run of one request kind gave.
pub struct Measured {
    pub requests: usize,
    pub per_second: f64,
    pub p50: Duration,
    pub p99: Duration,
    pub failures: usize,
}

/// Sends requests over `connections` for `seconds`; `request` gives the bytes of the n-th one.
pub fn measure(
    address: &str,
    connections: usize,
    seconds: u64,
    request: impl Fn(usize) -> Vec<u8> + Sync,
) -> Measured {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let until = Instant::now() + Duration::from_secs(seconds);
    let started = Instant::now();
    let lanes = (0..connections).map(|lane| drive(address, until, lane, connections, &request));
    let lanes = runtime.block_on(futures_util::future::join_all(lanes));
    let elapsed = started.elapsed().as_secs_f64();
    let failures = lanes.iter().map(|lane| lane.1).sum();
    let mut times: Vec<Duration> = lanes.into_iter().flat_map(|lane| lane.0).collect();
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    Measured {
        requests: times.len(),
        per_second: times.len() as f64 / elapsed,
        p50: at(50),
        p99: at(99),
        failures,
    }
}

async fn drive(
    address: &str,
    until: Instant,
    lane: usize,
    step: usize,
    request: &impl Fn(usize) -> Vec<u8>,
) -> (Vec<Duration>, usize) {
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    stream.set_nodelay(true).expect("a TCP socket");
    let (mut times, mut failures, mut number, mut buffer) =
        (Vec::new(), 0, lane, Vec::with_capacity(64 * 1024));
    while Instant::now() < until {
        let bytes = request(number);
        number += step;
        let started = Instant::now();
        stream.write_all(&bytes).await.expect("the server reads");
        if !answered_well(&mut stream, &mut buffer).await {
            failures += 1;
        }
        times.push(started.elapsed());
    }
    (times, failures)
}

/// Reads one answer with a Content-Length; whether its status was 2xx.
async fn answered_well(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> bool {
    buffer.clear();
    loop {
        let read = stream.read_buf(buffer).await.expect("the server answers");
        assert!(read > 0, "the server closed the connection");
        let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
        let length: usize = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"))
            .map_or(0, |text| text.trim().parse().expect("a number"));
        while buffer.len() < end + 4 + length {
            stream.read_buf(buffer).await.expect("the rest of the answer");
        }
        return head.starts_with("http/1.1 2");
    }
}
