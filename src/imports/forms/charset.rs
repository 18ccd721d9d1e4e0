//! How the text of a file is written: UTF-8, or Windows-1251 as spreadsheets in Russian still save it.

use encoding_rs::{CoderResult, Decoder, UTF_8, WINDOWS_1251};

use super::{Form, Part, Written, read, unreadable};
use crate::error::{Error, Result};
use crate::imports::headers::Column;

/// How text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8, with or without BOM.
    Utf8,
    /// Windows-1251.
    Windows1251,
}

impl Charset {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Utf8, Self::Windows1251];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Windows1251 => "windows-1251",
        }
    }

    /// By one of the names that people write.
    pub fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8),
            "windows-1251" | "cp1251" | "cp-1251" => Some(Self::Windows1251),
            _ => None,
        }
    }

    /// Reads text piece by piece.
    pub(super) fn decoder(self) -> Text {
        Text(match self {
            Self::Utf8 => UTF_8.new_decoder_with_bom_removal(),
            Self::Windows1251 => WINDOWS_1251.new_decoder_without_bom_handling(),
        })
    }

    /// The text as bytes; what the charset has no place for is a question mark.
    pub(in crate::imports) fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Windows1251 => {
                let byte = |symbol: char| {
                    let mut buffer = [0_u8; 4];
                    match WINDOWS_1251.encode(symbol.encode_utf8(&mut buffer)) {
                        (bytes, _, false) => bytes.first().copied().unwrap_or(b'?'),
                        _ => b'?',
                    }
                };
                text.chars().map(byte).collect()
            }
        }
    }
}

/// A text that comes in pieces, which may part a character.
pub(super) struct Text(Decoder);

impl Text {
    pub(super) fn push(&mut self, bytes: &[u8], is_last: bool, text: &mut String) -> Result<()> {
        let room =
            self.0.max_utf8_buffer_length(bytes.len()).ok_or_else(|| Error::internal("too much text"))?;
        text.reserve(room);
        match self.0.decode_to_string(bytes, text, is_last) {
            (CoderResult::InputEmpty, _, false) => Ok(()),
            (CoderResult::InputEmpty, _, true) => Err(unreadable(
                "Текст файла записан не в той кодировке",
                "The text of the file is not written in that charset",
            )),
            (CoderResult::OutputFull, ..) => Err(Error::internal("no room for text")),
        }
    }
}

/// What the bytes of a file show of themselves, looked at as they come in.
#[derive(Debug, Default)]
pub(in crate::imports) struct Examined {
    rest: Vec<u8>,
    lines: usize,
    not_utf8: Option<usize>,
    nul: Option<usize>,
}

impl Examined {
    /// Looks at the next bytes.
    pub(in crate::imports) fn look(&mut self, bytes: &[u8]) {
        let lines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
        if self.nul.is_none()
            && let Some(at) = bytes.iter().position(|byte| *byte == 0)
        {
            self.nul = Some(self.lines + lines(bytes.get(..at).unwrap_or_default()) + 1);
        }
        if self.not_utf8.is_none() {
            // No byte of a character is a line end, so the rest holds none.
            let joined = [self.rest.as_slice(), bytes].concat();
            self.rest.clear();
            if let Err(error) = std::str::from_utf8(&joined) {
                let (good, bad) = joined.split_at(error.valid_up_to());
                match error.error_len() {
                    None => self.rest = bad.to_vec(),
                    Some(_) => self.not_utf8 = Some(self.lines + lines(good) + 1),
                }
            }
        }
        self.lines += lines(bytes);
    }

    /// Whether what was seen until now is UTF-8, but for a character that may still be completed.
    pub(in crate::imports) const fn is_utf8_so_far(&self) -> bool {
        self.not_utf8.is_none()
    }

    fn bad_line(&self) -> Option<usize> {
        self.not_utf8.or_else(|| (!self.rest.is_empty()).then_some(self.lines + 1))
    }
}

/// How a text is written whose bytes have all been seen; `head` holds its header. What the caller says counts. Without a
/// word it is UTF-8 if it can be, and else Windows-1251 if the header makes sense so.
pub(in crate::imports) fn charset_of(
    said: Option<Charset>,
    examined: &Examined,
    head: &[u8],
    form: Form,
    columns: &'static [Column],
) -> Result<Charset> {
    if let Some(line) = examined.nul {
        return Err(unreadable(
            format!("В файле есть символ с кодом 0: строка {line}"),
            format!("The file contains the NUL character: line {line}"),
        ));
    }
    match (said, examined.bad_line()) {
        (Some(Charset::Windows1251), _) => Ok(Charset::Windows1251),
        (_, None) => Ok(Charset::Utf8),
        (None, Some(_)) if form == Form::Csv && has_header(Charset::Windows1251, head, columns) => {
            Ok(Charset::Windows1251)
        }
        (_, Some(line)) => Err(unreadable(
            format!("Файл не в кодировке UTF-8: строка {line}"),
            format!("The file is not UTF-8: line {line}"),
        )),
    }
}

fn has_header(charset: Charset, head: &[u8], columns: &'static [Column]) -> bool {
    let (mut piece, mut found) = (Some(head.to_vec()), false);
    let read = read(Written { form: Form::Csv, charset }, columns, &mut || Ok(piece.take()), &mut |part| {
        found = matches!(part, Part::Header(_));
        Ok(false)
    });
    read.is_ok() && found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_may_be_parted_and_a_bad_byte_has_its_line() {
        let text = "имя\nАнна".as_bytes();
        let (one, other) = text.split_at(9);
        let mut examined = Examined::default();
        examined.look(one);
        examined.look(other);
        assert_eq!((examined.bad_line(), examined.nul), (None, None));
        examined.look(&[0xd0]);
        assert_eq!(examined.bad_line(), Some(2), "half a character at the end");
        examined.look(b"\nab\0\xff\n");
        assert_eq!((examined.bad_line(), examined.nul), (Some(2), Some(3)));
    }

    #[test]
    fn what_windows_cannot_write_is_a_question_mark() {
        assert_eq!(Charset::Windows1251.bytes("Аё😀b"), [0xc0, 0xb8, b'?', b'b']);
    }
}
