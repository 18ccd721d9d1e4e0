//! Checks of written identifiers and names, so that a body reports them beside its other wrong fields (B4).

use std::borrow::Cow;

use validator::ValidationError;

use crate::values::{CodeError, Inn, NameError, Ogrn, Oktmo, PersonName, Snils, text};

/// СНИЛС with its control digits (B4.1).
pub fn snils(written: &str) -> Result<(), ValidationError> {
    Snils::parse(written).map(|_| ()).map_err(code_problem)
}

/// ИНН of an organization: ten digits (B4.2).
pub fn organization_inn(written: &str) -> Result<(), ValidationError> {
    match Inn::parse(written) {
        Ok(inn) if inn.is_organization() => plain(written, inn.as_str()),
        Ok(_) => Err(code_problem(CodeError::Length { expected: "10", found: 12 })),
        Err(fault) => Err(code_problem(fault)),
    }
}

/// ОГРН of an organization: thirteen digits.
pub fn organization_ogrn(written: &str) -> Result<(), ValidationError> {
    match Ogrn::parse(written) {
        Ok(ogrn) if !ogrn.is_sole_trader() => plain(written, ogrn.as_str()),
        Ok(_) => Err(code_problem(CodeError::Length { expected: "13", found: 15 })),
        Err(fault) => Err(code_problem(fault)),
    }
}

/// ОКТМО: eight or eleven digits.
pub fn oktmo(written: &str) -> Result<(), ValidationError> {
    Oktmo::parse(written).map_err(code_problem).and_then(|oktmo| plain(written, oktmo.as_str()))
}

/// Last name.
pub fn last_name(written: &str) -> Result<(), ValidationError> {
    PersonName::new(written, "А", None).map(|_| ()).map_err(name_problem)
}

/// First name.
pub fn first_name(written: &str) -> Result<(), ValidationError> {
    PersonName::new("А", written, None).map(|_| ()).map_err(name_problem)
}

/// Middle name.
pub fn middle_name(written: &str) -> Result<(), ValidationError> {
    PersonName::new("А", "А", Some(written)).map(|_| ()).map_err(name_problem)
}

/// Something visible is written.
pub fn not_blank(written: &str) -> Result<(), ValidationError> {
    if text::is_blank(written) {
        Err(problem("blank", "Поле не заполнено", "Nothing is written here"))
    } else {
        Ok(())
    }
}

/// Every item of a list has something visible and is at most 200 characters long; which have not is told one by one.
pub fn short_texts(written: &[String]) -> Result<(), ValidationError> {
    const MOST: usize = 200;
    let wrong = |item: &String| text::is_blank(item) || item.chars().count() > MOST;
    let items: Vec<usize> =
        written.iter().enumerate().filter(|(_, item)| wrong(item)).map(|(index, _)| index).collect();
    if items.is_empty() {
        return Ok(());
    }
    let mut error = ValidationError::new("length");
    error.add_param(Cow::Borrowed("min"), &1);
    error.add_param(Cow::Borrowed("max"), &MOST);
    error.add_param(Cow::Borrowed("items"), &items);
    Err(error)
}

/// The pattern "contains this" for LIKE, with its own wildcards taken literally.
pub fn contains(part: &str) -> String {
    let part = text::collapse(part).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{part}%")
}

/// Codes are stored as they are written, so separators are refused.
fn plain(written: &str, digits: &str) -> Result<(), ValidationError> {
    if written == digits {
        return Ok(());
    }
    Err(problem("characters", "Только цифры, без пробелов", "Digits only, without spaces"))
}

fn code_problem(fault: CodeError) -> ValidationError {
    match fault {
        CodeError::Length { expected, .. } => {
            // Not `length`: that one speaks of the bounds of a text.
            let expected_ru = expected.replace("or", "или");
            problem("digits", format!("Нужно цифр: {expected_ru}"), format!("{expected} digits are needed"))
        }
        CodeError::Characters { .. } => {
            problem("characters", "Допустимы только цифры", "Only digits are allowed")
        }
        CodeError::Zeroes => problem(
            "zeroes",
            "Номер из одних нулей не выдаётся",
            "A number of zeroes only is given to nobody",
        ),
        CodeError::Checksum => problem(
            "checksum",
            "Контрольные цифры не сходятся: проверьте номер",
            "The control digits do not agree: check the number",
        ),
    }
}

fn name_problem(fault: NameError) -> ValidationError {
    match fault {
        NameError::Empty(_) => problem("empty", "Имя не заполнено", "The name is empty"),
        NameError::Length(_) => problem("name_too_long", "Не больше 100 знаков", "At most 100 characters"),
        NameError::Characters { .. } => problem(
            "characters",
            "Допустимы буквы, дефис, апостроф, пробел, точка и скобки",
            "Letters, hyphen, apostrophe, space, full stop and brackets are allowed",
        ),
    }
}

fn problem(code: &'static str, ru: impl Into<Cow<'static, str>>, en: impl Into<String>) -> ValidationError {
    let mut error = ValidationError::new(code).with_message(ru.into());
    error.add_param(Cow::Borrowed("en"), &en.into());
    error
}
