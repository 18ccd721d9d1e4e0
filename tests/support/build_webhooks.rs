//! A receiver of webhooks on this machine, and the server's worker driven step by step.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use rost::delivering::work_once;
use serde_json::{Value, json};

use super::app::on_runtime;
use super::build_events::settled;
use super::{Answer, TestApp};

pub const WEBHOOKS: &str = "/api/v1/webhooks";

/// What the receiver got.
#[derive(Debug, Clone)]
pub struct Received {
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

struct Shared {
    statuses: Mutex<Vec<u16>>,
    received: Mutex<Vec<Received>>,
    ended: AtomicBool,
}

/// A server that takes what it is told and answers as it was told to.
pub struct Receiver {
    pub url: String,
    address: String,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Receiver {
    /// It answers with these statuses, one after the other; the last one stays.
    pub fn answering(statuses: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let mut statuses = statuses.to_vec();
        statuses.reverse();
        let shared = Arc::new(Shared {
            statuses: Mutex::new(statuses),
            received: Mutex::new(Vec::new()),
            ended: AtomicBool::new(false),
        });
        let serving = shared.clone();
        let thread = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if serving.ended.load(Ordering::SeqCst) {
                    return;
                }
                let _ = answer(&serving, connection.unwrap());
            }
        });
        Self { url: format!("http://{address}/hook"), address, shared, thread: Some(thread) }
    }

    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(&self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(shared: &Shared, connection: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut body)?;
    shared.received.lock().unwrap().push(Received { headers, body: String::from_utf8(body).unwrap() });
    let status = {
        let mut statuses = shared.statuses.lock().unwrap();
        if statuses.len() > 1 { statuses.pop().unwrap() } else { statuses[0] }
    };
    let away = "location: http://127.0.0.1:1/elsewhere\r\n";
    let mut connection = connection;
    write!(connection, "HTTP/1.1 {status} X\r\n{away}content-length: 0\r\nconnection: close\r\n\r\n")
}

/// A server whose webhooks may lead to this machine.
pub fn open_app() -> TestApp {
    TestApp::with(|name| (name == "ROST_WEBHOOKS_ALLOW_PRIVATE").then(|| "true".to_owned()))
}

/// Makes a webhook of an organization of the world; the whole answer.
pub fn webhook(app: &TestApp, by: &str, organization: &str, url: &str, kinds: &[&str]) -> Answer {
    let data = json!({"url": url, "subject_kinds": kinds});
    let body = json!({"organization_id": app.organization(organization), "data": data});
    app.persona(by).post(WEBHOOKS, body)
}

/// Lets the worker tell everything that is due at this moment; how many letters it sent.
pub fn deliver(app: &TestApp) -> usize {
    settled(app);
    on_runtime(async {
        let db = app.state().own_connection().unwrap();
        let mut sent = 0;
        loop {
            match work_once(app.state(), &db).await.unwrap() {
                0 => return sent,
                more => sent += more,
            }
        }
    })
}

/// What the webhook was told, newest first.
pub fn deliveries(app: &TestApp, by: &str, id: &str) -> Vec<Value> {
    let page = app.persona(by).get(&format!("{WEBHOOKS}/{id}/deliveries")).expect(200).json();
    page["items"].as_array().unwrap().clone()
}
