//! A person's name: last name, first name and an optional middle name (фамилия, имя, отчество).

use std::fmt;

use super::text::collapse;

/// A part of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamePart {
    /// Last name (фамилия).
    Last,
    /// First name (имя).
    First,
    /// Middle name (отчество); many people have none.
    Middle,
}

impl NamePart {
    /// The name of the field in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Last => "last_name",
            Self::First => "first_name",
            Self::Middle => "middle_name",
        }
    }
}

/// Why a text is not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NameError {
    /// Nothing is written where a name must stand.
    #[error("{} is empty", .0.as_str())]
    Empty(NamePart),
    /// Longer than a name is.
    #[error("{} is longer than 100 characters", .0.as_str())]
    Length(NamePart),
    /// Neither a letter nor a mark that occurs in names.
    #[error("{} contains {symbol:?}", part.as_str())]
    Characters {
        /// Where.
        part: NamePart,
        /// The first offending character.
        symbol: char,
    },
}

impl NameError {
    /// The part of the name that is wrong.
    pub const fn part(self) -> NamePart {
        match self {
            Self::Empty(part) | Self::Length(part) | Self::Characters { part, .. } => part,
        }
    }

    /// The stable name of the fault, for API problem codes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty(_) => "empty",
            Self::Length(_) => "length",
            Self::Characters { .. } => "characters",
        }
    }
}

/// A clean name: no invisible characters, single spaces, plain hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName {
    last: String,
    first: String,
    middle: Option<String>,
}

const LIMIT: usize = 100;

impl PersonName {
    /// Cleans and checks the three parts; a blank middle name is none.
    ///
    /// # Errors
    /// The first part that is no name, and why.
    pub fn new(last: &str, first: &str, middle: Option<&str>) -> Result<Self, NameError> {
        let required = |text, part| clean(text, part)?.ok_or(NameError::Empty(part));
        Ok(Self {
            last: required(last, NamePart::Last)?,
            first: required(first, NamePart::First)?,
            middle: clean(middle.unwrap_or_default(), NamePart::Middle)?,
        })
    }

    /// Last name (фамилия).
    pub fn last(&self) -> &str {
        &self.last
    }

    /// First name (имя).
    pub fn first(&self) -> &str {
        &self.first
    }

    /// Middle name (отчество), if there is one.
    pub fn middle(&self) -> Option<&str> {
        self.middle.as_deref()
    }

    /// The key for matching: lower case, ё as е, because papers spell both at will.
    pub fn matching_key(&self) -> String {
        self.to_string().to_lowercase().replace('ё', "е")
    }

    /// Last name and initials, for lists: "Иванова А. П.".
    pub fn short(&self) -> String {
        let initials = [Some(self.first()), self.middle()].into_iter().flatten();
        let initials = initials.filter_map(|part| part.chars().next());
        initials.fold(self.last.clone(), |short, initial| format!("{short} {initial}."))
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.last, self.first)?;
        self.middle.as_ref().map_or(Ok(()), |middle| write!(f, " {middle}"))
    }
}

fn clean(text: &str, part: NamePart) -> Result<Option<String>, NameError> {
    let clean: String = compose(&collapse(text)).chars().map(plain_mark).collect();
    if clean.chars().count() > LIMIT {
        return Err(NameError::Length(part));
    }
    match clean.chars().find(|symbol| !symbol.is_alphabetic() && !"-' .()".contains(*symbol)) {
        Some(symbol) => Err(NameError::Characters { part, symbol }),
        None if clean.chars().any(char::is_alphabetic) => Ok(Some(clean)),
        // A lone dash in a column means "none".
        None => Ok(None),
    }
}

/// Files made on some systems write й and ё as two characters.
fn compose(text: &str) -> String {
    [("и\u{306}", "й"), ("И\u{306}", "Й"), ("е\u{308}", "ё"), ("Е\u{308}", "Ё")]
        .into_iter()
        .fold(text.to_owned(), |text, (pair, one)| text.replace(pair, one))
}

const fn plain_mark(symbol: char) -> char {
    match symbol {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => '\'',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_invisible_characters_do_not_make_another_person() {
        let name = PersonName::new(" Иванова\u{200b}\u{2013}Петрова", "Анна\u{a0} Мария", Some(" ")).unwrap();
        assert_eq!(name.to_string(), "Иванова-Петрова Анна Мария");
        assert_eq!(name.middle(), None);
    }

    #[test]
    fn the_matching_key_knows_neither_case_nor_yo() {
        let one = PersonName::new("Соловьёв", "Артём", Some("Фёдорович")).unwrap();
        let two = PersonName::new("СОЛОВЬЕВ", "Арте\u{308}м", Some("Федорович")).unwrap();
        assert_eq!(one.matching_key(), two.matching_key());
        assert_eq!(one.short(), "Соловьёв А. Ф.");
    }

    #[test]
    fn the_fault_and_its_part_are_named() {
        assert_eq!(PersonName::new("", "Анна", None), Err(NameError::Empty(NamePart::Last)));
        assert_eq!(PersonName::new("Иванова", " - ", None), Err(NameError::Empty(NamePart::First)));
        let error = PersonName::new("Иванова", "Анна", Some("Петр0вна")).unwrap_err();
        assert_eq!(error, NameError::Characters { part: NamePart::Middle, symbol: '0' });
        assert_eq!(error.part().as_str(), "middle_name");
        assert_eq!(PersonName::new(&"а".repeat(101), "Анна", None), Err(NameError::Length(NamePart::Last)));
    }
}
