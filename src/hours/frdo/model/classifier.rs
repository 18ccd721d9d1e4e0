//! The words that the register takes, letter by letter (B5), and how else people write them.

use crate::hours::model::cyrillic;
use crate::values::text::collapse;

/// A word of a classifier with other spellings of it that are met.
#[derive(Debug)]
pub struct Word {
    /// As the register takes it.
    pub official: &'static str,
    /// As people write it.
    spellings: &'static [&'static str],
}

const fn word(official: &'static str, spellings: &'static [&'static str]) -> Word {
    Word { official, spellings }
}

/// «Удостоверение о повышении квалификации».
pub const CERTIFICATE: &str = "Удостоверение о повышении квалификации";
/// «Диплом о профессиональной переподготовке».
pub const DIPLOMA: &str = "Диплом о профессиональной переподготовке";
/// «Повышение квалификации».
pub const ADVANCED: &str = "Повышение квалификации";
/// «Профессиональная переподготовка».
pub const RETRAINING: &str = "Профессиональная переподготовка";
/// «Оригинал».
pub const ORIGINAL: &str = "Оригинал";
/// «Дубликат».
pub const DUPLICATE: &str = "Дубликат";
/// «Да».
pub const YES: &str = "Да";
/// «Нет».
pub const NO: &str = "Нет";

pub(super) const DOCUMENT_KIND: &[Word] =
    &[word(CERTIFICATE, &["удостоверение", "удостоверение о ПК"]), word(DIPLOMA, &["диплом", "диплом о ПП"])];
pub(super) const DOCUMENT_STATUS: &[Word] = &[word(ORIGINAL, &[]), word(DUPLICATE, &[])];
pub(super) const CONFIRMATION: &[Word] =
    &[word(YES, &["yes", "true", "1", "+"]), word(NO, &["no", "false", "0", "-"])];
pub(super) const PROGRAM_KIND: &[Word] = &[word(ADVANCED, &["ПК"]), word(RETRAINING, &["ПП"])];
// Of these two classifiers B5 knows the words for teachers alone.
pub(super) const PROFESSIONAL_AREA: &[Word] =
    &[word("Образование и наука", &["образование", "01", "01 Образование и наука"])];
pub(super) const SPECIALTY_GROUP: &[Word] = &[word(
    "Образование и педагогические науки",
    &["44.00.00", "44.00.00 Образование и педагогические науки"],
)];
pub(super) const EDUCATION_LEVEL: &[Word] = &[
    word("Высшее образование", &["ВО", "высшее"]),
    word("Среднее профессиональное образование", &["СПО", "среднее профессиональное"]),
];
pub(super) const SEX: &[Word] = &[
    word("Муж", &["м", "муж.", "мужской", "мужчина", "male"]),
    word("Жен", &["ж", "жен.", "женский", "женщина", "female", "f"]),
];
pub(super) const STUDY_FORM: &[Word] = &[
    word("Очная", &["очно", "очное"]),
    word("Заочная", &["заочно", "заочное"]),
    word("Очно-заочная", &["очно заочная", "очно-заочно"]),
];
// Another code base shows «Федеральный бюджет»: the list is not settled (B5), so only what most take is taken.
pub(super) const FUNDING: &[Word] = &[
    word("Платное обучение", &["платно", "платное", "внебюджет"]),
    word("Бюджетное обучение", &["бюджет", "бюджетное", "федеральный бюджет"]),
];
pub(super) const DELIVERY: &[Word] = &[
    word("в образовательной организации", &["в организации"]),
    word("вне образовательной организации", &["вне организации"]),
];

/// Countries whose citizens are met among teachers, by ОКСМ (B4.6: a string of three digits, leading zeros occur).
const COUNTRIES: &[Word] = &[
    word("643", &["Россия", "Российская Федерация", "РФ", "RU", "RUS", "гражданин РФ"]),
    word("031", &["Азербайджан"]),
    word("051", &["Армения"]),
    word("112", &["Беларусь", "Белоруссия", "Республика Беларусь"]),
    word("268", &["Грузия"]),
    word("398", &["Казахстан", "Республика Казахстан"]),
    word("417", &["Киргизия", "Кыргызстан"]),
    word("498", &["Молдова", "Молдавия"]),
    word("762", &["Таджикистан"]),
    word("795", &["Туркменистан", "Туркмения"]),
    word("804", &["Украина"]),
    word("860", &["Узбекистан"]),
    word("895", &["Абхазия"]),
    word("896", &["Южная Осетия"]),
];

/// Russia.
pub const RUSSIA: &str = "643";

/// The word as the register takes it, however it is written.
pub(super) fn official(words: &'static [Word], written: &str) -> Option<&'static str> {
    let folded = fold(written);
    let found =
        |word: &&Word| fold(word.official) == folded || word.spellings.iter().any(|it| fold(it) == folded);
    words.iter().find(found).map(|word| word.official)
}

/// The code of a country that is named.
pub(super) fn country(written: &str) -> Option<&'static str> {
    official(COUNTRIES, written)
}

/// Spaces, case, Ё, dashes and letters of two alphabets that look the same make no difference.
fn fold(text: &str) -> String {
    let clean = collapse(text);
    let plain = clean.chars().map(|symbol| match symbol {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    });
    plain.flat_map(char::to_uppercase).map(cyrillic).collect()
}
