//! A published registry as a table.

use super::model::PublishedProgram;
use crate::error::{Language, Result, Text};
use crate::http::table::{self, Cell, Sheet};
pub(super) use crate::http::table::{CSV, JSON, XLSX};
use crate::registry::programs::model::{ProgramAudience, ProgramDelivery, QualityMarkKind, StudyForm};
use crate::values::{EducationLevel, ProgramKind};

/// How a published registry travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// Page by page.
    #[default]
    Json,
    /// A text table.
    Csv,
    /// A workbook.
    Xlsx,
}

/// All of them.
pub(super) const FORMATS: &[Format] = &[Format::Json, Format::Csv, Format::Xlsx];

impl Format {
    /// The `Content-Type`.
    pub(super) const fn media(self) -> &'static str {
        match self {
            Self::Json => JSON,
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => XLSX,
        }
    }
}

const COLUMNS: [Text; 18] = [
    Text::new("Идентификатор", "program_id"),
    Text::new("Организация", "provider"),
    Text::new("Вид", "kind"),
    Text::new("Наименование", "title"),
    Text::new("Аннотация", "annotation"),
    Text::new("Объём, ч", "hours"),
    Text::new("Форма обучения", "study_form"),
    Text::new("Реализация", "delivery"),
    Text::new("Адресат", "audience"),
    Text::new("Уровни образования", "education_levels"),
    Text::new("Предметы", "subjects"),
    Text::new("Должности", "positions"),
    Text::new("Стоимость, руб.", "price_rubles"),
    Text::new("Стандарты", "standards"),
    Text::new("Знаки качества", "quality_marks"),
    Text::new("Номер в федеральном реестре", "federal_registry_id"),
    Text::new("Редакция программы", "edition"),
    Text::new("Модули", "modules"),
];

fn row(program: &PublishedProgram, language: Language) -> Vec<Cell> {
    let snapshot = &program.snapshot;
    let data = &snapshot.data;
    let details = &data.details;
    let say = |words: Text| words.in_language(language).to_owned();
    let module = |module: &crate::registry::programs::model::Module| {
        format!("{}. {} ({})", module.position, module.data.title, module.data.hours)
    };
    vec![
        snapshot.program_id.to_string().into(),
        snapshot.provider_name.clone().into(),
        say(kind(data.kind)).into(),
        data.title.clone().into(),
        data.annotation.clone().into(),
        number(&data.hours.to_string()),
        say(study_form(data.study_form)).into(),
        joined(&data.delivery, |value| say(delivery(*value))),
        joined(&data.audience, |value| say(audience(*value))),
        joined(&data.education_levels, |value| say(level(*value))),
        joined(&data.subjects, Clone::clone),
        joined(&details.positions, Clone::clone),
        data.price_rubles.map_or_else(|| Cell::Text(String::new()), |price| Cell::Number(f64::from(price))),
        joined(&details.standards, |standard| standard.code.clone()),
        joined(&details.quality_marks, |found| format!("{} ({})", say(mark(found.kind)), found.issuer)),
        details.federal_registry_id.clone().unwrap_or_default().into(),
        Cell::Number(f64::from(snapshot.edition)),
        joined(&snapshot.modules, module),
    ]
}

fn joined<T>(values: &[T], word: impl Fn(&T) -> String) -> Cell {
    Cell::Text(values.iter().map(word).collect::<Vec<_>>().join(", "))
}

fn number(text: &str) -> Cell {
    text.parse().map_or_else(|_| Cell::Text(text.to_owned()), Cell::Number)
}

fn names(language: Language) -> Vec<String> {
    COLUMNS.into_iter().map(|name| name.in_language(language).to_owned()).collect()
}

/// A text table.
pub(super) fn csv(programs: &[PublishedProgram], language: Language) -> Result<Vec<u8>> {
    let rows = programs.iter().map(|program| row(program, language));
    Ok([table::csv_heading(&names(language), language)?, table::csv_lines(rows, language)?].concat())
}

/// A workbook.
pub(super) fn xlsx(programs: &[PublishedProgram], language: Language) -> Result<Vec<u8>> {
    let mut sheet = Sheet::new(&names(language))?;
    for program in programs {
        sheet.add(row(program, language))?;
    }
    sheet.finish()
}

const fn kind(kind: ProgramKind) -> Text {
    match kind {
        ProgramKind::AdvancedTraining => Text::new("повышение квалификации", "advanced training"),
        ProgramKind::Retraining => Text::new("профессиональная переподготовка", "retraining"),
    }
}

const fn study_form(form: StudyForm) -> Text {
    match form {
        StudyForm::FullTime => Text::new("очная", "full-time"),
        StudyForm::PartTime => Text::new("очно-заочная", "part-time"),
        StudyForm::Extramural => Text::new("заочная", "extramural"),
    }
}

const fn delivery(delivery: ProgramDelivery) -> Text {
    match delivery {
        ProgramDelivery::InPerson => Text::new("очно", "in person"),
        ProgramDelivery::Distance => Text::new("дистанционно", "distance"),
        ProgramDelivery::ELearning => Text::new("электронное обучение", "e-learning"),
        ProgramDelivery::Internship => Text::new("стажировка", "internship"),
    }
}

const fn audience(audience: ProgramAudience) -> Text {
    match audience {
        ProgramAudience::Teacher => Text::new("педагоги", "teachers"),
        ProgramAudience::Head => Text::new("руководители", "heads"),
    }
}

const fn level(level: EducationLevel) -> Text {
    match level {
        EducationLevel::Preschool => Text::new("дошкольное", "preschool"),
        EducationLevel::Primary => Text::new("начальное общее", "primary"),
        EducationLevel::Basic => Text::new("основное общее", "basic"),
        EducationLevel::Secondary => Text::new("среднее общее", "secondary"),
        EducationLevel::Vocational => Text::new("среднее профессиональное", "vocational"),
        EducationLevel::Additional => Text::new("дополнительное", "additional"),
    }
}

const fn mark(kind: QualityMarkKind) -> Text {
    match kind {
        QualityMarkKind::PublicAccreditation => {
            Text::new("профессионально-общественная аккредитация", "professional and public accreditation")
        }
        QualityMarkKind::IndependentAssessment => {
            Text::new("независимая оценка качества", "independent assessment")
        }
        QualityMarkKind::FederalRegistry => Text::new("федеральный реестр ДПП", "federal registry"),
        QualityMarkKind::Award => Text::new("победитель конкурса", "award"),
    }
}
