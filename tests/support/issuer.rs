//! An OpenID Connect issuer on loopback: a discovery document, public keys, and tokens signed with them.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

struct Shared {
    keys: Mutex<Vec<(String, SigningKey)>>,
    silent: AtomicBool,
    asked: AtomicUsize,
    address: String,
}

/// The issuer; it serves until the test ends.
pub struct TestIssuer(Arc<Shared>);

impl TestIssuer {
    /// An issuer with one key.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let shared = Arc::new(Shared {
            keys: Mutex::new(Vec::new()),
            silent: AtomicBool::new(false),
            asked: AtomicUsize::new(0),
            address: format!("http://{}/realm", listener.local_addr().unwrap()),
        });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                answer(&serving, stream.unwrap());
            }
        });
        let issuer = Self(shared);
        issuer.rotate("first");
        issuer
    }

    /// `iss` of its tokens.
    pub fn address(&self) -> &str {
        &self.0.address
    }

    /// Signs with a new key from now on and forgets the old one.
    pub fn rotate(&self, kid: &str) {
        let mut seed = [0; 32];
        seed.iter_mut().zip(kid.bytes()).for_each(|(place, byte)| *place = byte);
        *self.0.keys.lock().unwrap() = vec![(kid.to_owned(), SigningKey::from_bytes(&seed))];
    }

    /// Answers nothing but errors, or is well again.
    pub fn be_silent(&self, silent: bool) {
        self.0.silent.store(silent, Ordering::SeqCst);
    }

    /// How often its keys or its document were asked for.
    pub fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    /// A token with these claims, signed with the key of today.
    pub fn sign(&self, claims: &Value) -> String {
        let keys = self.0.keys.lock().unwrap();
        let (kid, key) = &keys[0];
        let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
        let header = Header { kid: Some(kid.clone()), ..Header::new(Algorithm::EdDSA) };
        encode(&header, claims, &EncodingKey::from_ed_pem(pem.as_bytes()).unwrap()).unwrap()
    }

    /// The public key of today, as it stands in the set.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.keys.lock().unwrap()[0].1.verifying_key().as_bytes())
    }
}

fn answer(shared: &Shared, mut stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let _rest: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    shared.asked.fetch_add(1, Ordering::SeqCst);
    let path = first.split(' ').nth(1).unwrap_or_default();
    let body = match path {
        _ if shared.silent.load(Ordering::SeqCst) => None,
        "/realm/.well-known/openid-configuration" => {
            Some(json!({"issuer": shared.address, "jwks_uri": format!("{}/keys", shared.address)}))
        }
        "/realm/keys" => {
            let keys = shared.keys.lock().unwrap();
            let key = |(kid, key): &(String, SigningKey)| {
                let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
                json!({"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "x": x})
            };
            Some(json!({"keys": keys.iter().map(key).collect::<Vec<Value>>()}))
        }
        _ => None,
    };
    let (status, text) = body.map_or(("503 Unavailable", String::new()), |body| ("200 OK", body.to_string()));
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", text.len());
    stream.write_all(format!("{head}Connection: close\r\n\r\n{text}").as_bytes()).unwrap();
}
