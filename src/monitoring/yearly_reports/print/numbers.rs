//! Numbers of measures in words. Pure.

use crate::learning_routes::documents::words::Words;
use crate::monitoring::measures::model::{Numbers, Unit};

/// What stands for a number that is not shown.
pub(super) fn hidden(words: Words) -> String {
    words.say("скрыто", "hidden")
}

/// In per cent; a dash where there is nothing to divide by.
pub(super) fn share(numbers: Numbers) -> String {
    numbers.percent().map_or_else(|| "—".to_owned(), |percent| format!("{percent} %"))
}

/// Money in roubles, the thousands apart.
pub(super) fn amount(kopecks: i64, words: Words) -> String {
    let roubles = (kopecks / 100).to_string();
    let mut apart = String::new();
    for (sign, left) in roubles.chars().zip((1..=roubles.len()).rev()) {
        apart.push(sign);
        if left > 1 && left % 3 == 1 {
            apart.push(' ');
        }
    }
    format!("{apart},{:02} {}", kopecks % 100, words.say("руб.", "RUB"))
}

/// The whole of what a measure says of a unit.
pub(super) fn cell(shown: Option<Numbers>, unit: Unit, words: Words) -> String {
    match (shown, unit) {
        (None, _) => hidden(words),
        (Some(numbers), Unit::Kopecks) => amount(numbers.numerator, words),
        (Some(numbers), Unit::Percent) => {
            let (part, whole) = (numbers.numerator, numbers.denominator);
            format!("{} ({part} {} {whole})", share(numbers), words.say("из", "of"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Language;

    #[test]
    fn numbers_are_said_as_people_write_them() {
        let words = Words(Language::Ru);
        assert_eq!(amount(123_456_789, words), "1 234 567,89 руб.");
        assert_eq!(amount(5, words), "0,05 руб.");
        assert_eq!(amount(100_000, words), "1 000,00 руб.");
        let numbers = Numbers { numerator: 5, denominator: 18, people: 18 };
        assert_eq!(cell(Some(numbers), Unit::Percent, words), "27 % (5 из 18)");
        assert_eq!(cell(None, Unit::Percent, words), "скрыто");
        assert_eq!(share(Numbers::default()), "—");
    }
}
