//! A caller of the API: real HTTP to the server under test.

use std::io::{BufRead as _, BufReader, Read as _};

use serde_json::Value;
use ureq::http::request::Builder;
use ureq::http::{HeaderMap, Response, header};

/// Bytes of a request or an answer that are held at once.
const BUFFER: usize = 16 * 1024;

/// A caller with or without a token.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    address: String,
    token: Option<String>,
    headers: Vec<(String, String)>,
}

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub text: String,
    /// The body as it came: a file is no text.
    pub bytes: Vec<u8>,
}

impl Client {
    pub fn new(address: &str, token: Option<String>) -> Self {
        // Every connection fills its buffers with zeros first, and most tests open many connections.
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .input_buffer_size(BUFFER)
            .output_buffer_size(BUFFER)
            .build()
            .into();
        Self { agent, address: address.to_owned(), token, headers: Vec::new() }
    }

    /// The same caller with one more header on every request.
    pub fn header(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    /// A POST with a fresh Idempotency-Key.
    pub fn post(&self, path: &str, body: Value) -> Answer {
        self.header("idempotency-key", &rost::ids::new_id().to_string()).send_json("POST", path, &body)
    }

    /// A POST of a decision: fresh Idempotency-Key, `If-Match` of the version.
    pub fn post_if(&self, path: &str, etag: &str, body: Value) -> Answer {
        self.header("if-match", etag).post(path, body)
    }

    pub fn put(&self, path: &str, etag: &str, body: Value) -> Answer {
        self.header("if-match", etag).send_json("PUT", path, &body)
    }

    pub fn patch(&self, path: &str, etag: &str, body: Value) -> Answer {
        self.header("if-match", etag).send_json("PATCH", path, &body)
    }

    pub fn delete(&self, path: &str, etag: &str) -> Answer {
        self.header("if-match", etag).send("DELETE", path, None)
    }

    pub fn send_json(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.header("content-type", "application/json").send(
            method,
            path,
            Some(body.to_string().into_bytes()),
        )
    }

    /// Follows a stream of events to its end; `then` is told of the first one when it is there.
    pub fn watch(&self, path: &str, then: impl FnOnce(&str)) -> Answer {
        let response = self.agent.run(self.request("GET", path).body(()).unwrap()).unwrap();
        let (head, body) = response.into_parts();
        let mut body = BufReader::new(body.into_reader());
        let mut text = String::new();
        while !text.ends_with("\n\n") && body.read_line(&mut text).unwrap() > 0 {}
        then(&text);
        body.read_to_string(&mut text).unwrap();
        super::positive::record("GET", path, head.status.as_u16());
        Answer {
            status: head.status.as_u16(),
            headers: plain(&head.headers),
            bytes: text.clone().into_bytes(),
            text,
        }
    }

    fn request(&self, method: &str, path: &str) -> Builder {
        let mut request = Builder::new().method(method).uri(format!("{}{path}", self.address));
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request
    }

    /// Anything at all: for what a well-behaved client would not send.
    pub fn send(&self, method: &str, path: &str, body: Option<Vec<u8>>) -> Answer {
        let request = self.request(method, path);
        let response = match body {
            Some(body) => self.agent.run(request.body(body).unwrap()),
            None => self.agent.run(request.body(()).unwrap()),
        };
        let answer = Answer::read(response.unwrap_or_else(|failure| panic!("{method} {path}: {failure}")));
        super::positive::record(method, path, answer.status);
        if (200..300).contains(&answer.status) {
            let key = self.headers.iter().find(|(name, _)| name == "idempotency-key");
            let key = key.map(|(_, key)| key.as_str());
            super::changes::record(&self.address, method, path, key, answer.header("x-request-id"));
        }
        answer
    }
}

impl Answer {
    fn read(mut response: Response<ureq::Body>) -> Self {
        let bytes = response.body_mut().read_to_vec().unwrap_or_default();
        Self {
            status: response.status().as_u16(),
            headers: plain(response.headers()),
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }

    /// Asserts the status and goes on.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// Asserts a refusal: status, and the code of the problem or of one of its fields.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        assert!(self.codes().iter().any(|found| found == code), "no {code} in {}", self.text);
        self
    }

    /// The code of the problem and of each of its fields.
    pub fn codes(&self) -> Vec<String> {
        let problem = self.json();
        let fields = problem["errors"].as_array().cloned().unwrap_or_default();
        let mut codes = vec![problem["code"].as_str().unwrap_or_default().to_owned()];
        codes.extend(fields.iter().map(|field| field["code"].as_str().unwrap_or_default().to_owned()));
        codes
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The `id` of the answer.
    #[track_caller]
    pub fn id(&self) -> String {
        self.json()["id"].as_str().unwrap_or_else(|| panic!("no id in {}", self.text)).to_owned()
    }

    #[track_caller]
    pub fn etag(&self) -> String {
        self.header("etag").unwrap_or_else(|| panic!("no ETag: {}", self.text)).to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn plain(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
        .collect()
}
