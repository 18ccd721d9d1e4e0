//! The words of a PDF as a reader would copy them: text of its fonts, in the order of drawing, a line for each piece.

use std::collections::HashMap;
use std::io::Read as _;

/// Everything that is written in the file.
#[track_caller]
pub fn pdf_text(file: &[u8]) -> String {
    assert!(file.starts_with(b"%PDF-"), "no PDF");
    let objects = objects(file);
    let mut text = String::new();
    for object in objects.values().filter(|object| object.has("/Type", "/Page")) {
        let resources = object.part("/Resources", &objects).unwrap_or_default();
        let fonts = Object { words: part(&resources, "/Font").unwrap_or_default(), stream: Vec::new() };
        let fonts = reference(&fonts.words).map_or(fonts.words.clone(), |id| objects[&id].words.clone());
        let fonts = letters(&fonts, &objects);
        let contents = reference(&after(&object.words, "/Contents").unwrap_or_default()).unwrap();
        read(&objects[&contents].stream, &fonts, &mut text);
    }
    text
}

struct Object {
    words: String,
    stream: Vec<u8>,
}

impl Object {
    fn has(&self, key: &str, value: &str) -> bool {
        after(&self.words, key).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with(value) && !rest[value.len()..].starts_with(|c: char| c.is_alphanumeric())
        })
    }

    /// A dictionary, here or in an object of its own.
    fn part(&self, key: &str, objects: &HashMap<u32, Self>) -> Option<String> {
        let rest = after(&self.words, key)?;
        if rest.trim_start().starts_with("<<") {
            return part(&self.words, key);
        }
        Some(objects[&reference(&rest)?].words.clone())
    }
}

fn find(whole: &[u8], part: &[u8], from: usize) -> Option<usize> {
    whole[from..].windows(part.len()).position(|window| window == part).map(|at| at + from)
}

/// The objects of a file by number.
fn objects(file: &[u8]) -> HashMap<u32, Object> {
    let mut found = HashMap::new();
    let mut at = 0;
    while let Some(start) = find(file, b" 0 obj", at) {
        let digits = file[..start].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let id = String::from_utf8_lossy(&file[start - digits..start]).parse().unwrap_or(0);
        let end = find(file, b"endobj", start).unwrap();
        let body = &file[start + 6..end];
        let (words, stream) = match find(body, b"stream", 0) {
            Some(begin) => {
                let words = String::from_utf8_lossy(&body[..begin]).into_owned();
                let first = begin
                    + 6
                    + body[begin + 6..].iter().take_while(|byte| b"\r\n".contains(byte)).count().min(2);
                let length: usize = number(&after(&words, "/Length").unwrap())
                    .unwrap_or(body.len() - first)
                    .min(body.len() - first);
                let raw = &body[first..first + length];
                let mut plain = Vec::new();
                if !words.contains("/FlateDecode")
                    || flate2::read::ZlibDecoder::new(raw).read_to_end(&mut plain).is_err()
                {
                    plain = raw.to_vec();
                }
                (words, plain)
            }
            None => (String::from_utf8_lossy(body).into_owned(), Vec::new()),
        };
        found.insert(id, Object { words, stream });
        at = end + 6;
    }
    found
}

fn after(words: &str, key: &str) -> Option<String> {
    let ends = |at: usize| !words[at + key.len()..].starts_with(|c: char| c.is_alphanumeric());
    let at = words.match_indices(key).map(|(at, _)| at).find(|at| ends(*at))?;
    Some(words[at + key.len()..].to_owned())
}

/// The dictionary behind a key, with what stands in it.
fn part(words: &str, key: &str) -> Option<String> {
    let rest = after(words, key)?;
    let rest = rest.trim_start();
    if !rest.starts_with("<<") {
        return Some(rest.to_owned());
    }
    let mut depth = 0;
    for (at, pair) in rest.as_bytes().windows(2).enumerate() {
        match pair {
            b"<<" => depth += 1,
            b">>" => depth -= 1,
            _ => {}
        }
        if depth == 0 && pair == b">>" {
            return Some(rest[..at + 2].to_owned());
        }
    }
    None
}

fn number(words: &str) -> Option<usize> {
    words.trim_start().chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
}

/// The number of the object that is meant.
fn reference(words: &str) -> Option<u32> {
    let mut parts = words.split_whitespace();
    let id = parts.next()?.trim_start_matches('[').parse().ok()?;
    (parts.next()? == "0" && parts.next()?.starts_with('R')).then_some(id)
}

type Letters = HashMap<u16, String>;

/// What the codes of each font mean.
fn letters(fonts: &str, objects: &HashMap<u32, Object>) -> HashMap<String, Letters> {
    let mut found = HashMap::new();
    for piece in fonts.split('/').skip(1) {
        let name: String = piece.chars().take_while(|c| c.is_alphanumeric()).collect();
        let Some(font) = reference(&piece[name.len()..]).and_then(|id| objects.get(&id)) else { continue };
        let map = after(&font.words, "/ToUnicode").and_then(|rest| reference(&rest));
        let map = map.map(|id| String::from_utf8_lossy(&objects[&id].stream).into_owned());
        found.insert(name, map.map(|map| meanings(&map)).unwrap_or_default());
    }
    found
}

fn units(hex: &str) -> Vec<u16> {
    let hex = hex.trim_matches(|c| c == '<' || c == '>');
    (0..hex.len() / 4).filter_map(|at| u16::from_str_radix(&hex[at * 4..at * 4 + 4], 16).ok()).collect()
}

fn meanings(map: &str) -> Letters {
    let mut found = Letters::new();
    let mut inside = "";
    for line in map.lines() {
        let line = line.trim();
        if line.ends_with("beginbfchar") || line.ends_with("beginbfrange") {
            inside = if line.ends_with("char") { "char" } else { "range" };
        } else if line.starts_with("endbf") {
            inside = "";
        } else if !inside.is_empty() {
            let parts: Vec<Vec<u16>> = line.split_whitespace().map(units).collect();
            match (inside, parts.as_slice()) {
                ("char", [code, meaning]) => {
                    found.insert(code[0], String::from_utf16_lossy(meaning));
                }
                ("range", [first, last, meaning]) => {
                    for (code, step) in (first[0]..=last[0]).zip(0..) {
                        found.insert(code, String::from_utf16_lossy(&[meaning[0] + step]));
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// The shown strings of a page.
fn read(content: &[u8], fonts: &HashMap<String, Letters>, text: &mut String) {
    let mut font: Option<&Letters> = None;
    let mut shown: Vec<u8> = Vec::new();
    let (mut at, mut word) = (0, String::new());
    let mut last_name = String::new();
    while at < content.len() {
        match content[at] {
            b'<' if content.get(at + 1) != Some(&b'<') => {
                let end = find(content, b">", at).unwrap();
                let hex: String = String::from_utf8_lossy(&content[at + 1..end]).into_owned();
                shown.extend(
                    (0..hex.len() / 2).filter_map(|n| u8::from_str_radix(&hex[n * 2..n * 2 + 2], 16).ok()),
                );
                at = end;
            }
            b'(' => at = literal(content, at + 1, &mut shown),
            byte if byte.is_ascii_whitespace() || b"[]<>".contains(&byte) => {
                match word.as_str() {
                    "Tf" => {}
                    "Tj" | "TJ" => {
                        for code in shown.chunks_exact(2) {
                            let code = u16::from_be_bytes([code[0], code[1]]);
                            text.push_str(font.and_then(|font| font.get(&code)).map_or("?", String::as_str));
                        }
                        text.push('\n');
                        shown.clear();
                    }
                    _ => {}
                }
                if let Some(name) = word.strip_prefix('/') {
                    name.clone_into(&mut last_name);
                    font = fonts.get(&last_name).or(font);
                }
                word.clear();
            }
            byte => word.push(char::from(byte)),
        }
        at += 1;
    }
}

/// A string in parentheses; where it ends.
fn literal(content: &[u8], mut at: usize, shown: &mut Vec<u8>) -> usize {
    let mut depth = 1;
    loop {
        match content[at] {
            b'\\' => {
                at += 1;
                let octal =
                    content[at..].iter().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
                if octal > 0 {
                    let digits = String::from_utf8_lossy(&content[at..at + octal]).into_owned();
                    shown.push(u16::from_str_radix(&digits, 8).unwrap().to_be_bytes()[1]);
                    at += octal - 1;
                } else {
                    shown.push(match content[at] {
                        b'n' => b'\n',
                        b'r' => b'\r',
                        b't' => b'\t',
                        b'b' => 8,
                        b'f' => 12,
                        other => other,
                    });
                }
            }
            b'(' => {
                depth += 1;
                shown.push(b'(');
            }
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
                shown.push(b')');
            }
            byte => shown.push(byte),
        }
        at += 1;
    }
}
