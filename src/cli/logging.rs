//! Log lines: plain text or JSON, with the key-value pairs of the record.

use std::fmt::Write as _;
use std::io::Write;

use chrono::SecondsFormat;
use env_logger::fmt::Formatter;
use log::Record;
use log::kv::{Error, Key, Value, VisitSource};
use serde_json::{Map, Value as Json};

use super::failure::Failure;
use crate::clock::Clock;
use crate::config::Config;

/// Starts logging to standard error.
pub(super) fn start(config: &Config) -> Result<(), Failure> {
    let mut builder = env_logger::Builder::new();
    builder.parse_filters(&config.log);
    let line = if config.log_json { json } else { plain };
    builder.format(move |formatter: &mut Formatter, record| {
        let moment = Clock::System.now().to_rfc3339_opts(SecondsFormat::Millis, true);
        writeln!(formatter, "{}", line(&moment, record))
    });
    builder.try_init().map_err(|error| Failure::new(error.to_string()))
}

/// `2026-03-02T06:00:00.123Z INFO rost::access request method=GET status=200`
fn plain(moment: &str, record: &Record<'_>) -> String {
    let mut line = format!("{moment} {:<5} {} ", record.level(), record.target());
    push_escaped(&mut line, &record.args().to_string());
    let mut pairs = Pairs(Vec::new());
    // Our visitor never fails.
    let _ = record.key_values().visit(&mut pairs);
    for (key, value) in pairs.0 {
        let text = match value {
            Json::String(text) => text,
            other => other.to_string(),
        };
        let _ = write!(line, " {key}=");
        if text.is_empty() || text.contains([' ', '"', '=']) {
            let _ = write!(line, "{text:?}");
        } else {
            push_escaped(&mut line, &text);
        }
    }
    line
}

/// `{"time":"…","level":"info","target":"rost::access","message":"request","method":"GET",…}`
fn json(moment: &str, record: &Record<'_>) -> String {
    let mut line = Map::new();
    let mut pairs = Pairs(Vec::new());
    let _ = record.key_values().visit(&mut pairs);
    line.extend(pairs.0);
    line.insert("time".to_owned(), moment.into());
    line.insert("level".to_owned(), record.level().as_str().to_lowercase().into());
    line.insert("target".to_owned(), record.target().into());
    line.insert("message".to_owned(), record.args().to_string().into());
    Json::Object(line).to_string()
}

/// One record is one line, whatever is in it.
fn push_escaped(line: &mut String, text: &str) {
    for character in text.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
}

struct Pairs(Vec<(String, Json)>);

impl<'kvs> VisitSource<'kvs> for Pairs {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), Error> {
        let json = value
            .to_bool()
            .map(Json::from)
            .or_else(|| value.to_u64().map(Json::from))
            .or_else(|| value.to_i64().map(Json::from))
            .unwrap_or_else(|| Json::from(value.to_string()));
        self.0.push((key.to_string(), json));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_record<T>(work: impl Fn(&Record<'_>) -> T) -> T {
        let pairs = [("status", Value::from(200)), ("path", Value::from("/a b"))];
        let message = format_args!("two\nlines");
        work(
            &Record::builder()
                .args(message)
                .target("rost::access")
                .level(log::Level::Info)
                .key_values(&pairs)
                .build(),
        )
    }

    #[test]
    fn a_plain_record_is_one_line_with_its_pairs() {
        let line = with_record(|record| plain("T", record));
        assert_eq!(line, r#"T INFO  rost::access two\nlines status=200 path="/a b""#);
    }

    #[test]
    fn a_json_record_is_one_object() {
        let line: Json = serde_json::from_str(&with_record(|record| json("T", record))).unwrap();
        assert_eq!((&line["time"], &line["level"]), (&Json::from("T"), &Json::from("info")));
        assert_eq!((&line["status"], &line["path"]), (&Json::from(200), &Json::from("/a b")));
        assert_eq!(line["message"], "two\nlines");
    }
}
