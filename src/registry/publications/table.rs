//! A published registry as a table: CSV that a spreadsheet opens by itself, and XLSX.

use rust_xlsxwriter::{Format as CellFormat, Workbook};

use super::model::PublishedProgram;
use crate::error::{Error, Language, Result, Text};
use crate::registry::programs::model::{ProgramAudience, ProgramDelivery, QualityMarkKind, StudyForm};
use crate::values::{EducationLevel, ProgramKind};

/// The media type of a page.
pub(super) const JSON: &str = "application/json";
/// The media type of a text table.
pub(super) const CSV: &str = "text/csv";
/// The media type of a workbook.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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

/// A cell: a number is one in a workbook too.
enum Cell {
    Text(String),
    Number(f64),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
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

fn row(program: &PublishedProgram, language: Language) -> [Cell; 18] {
    let snapshot = &program.snapshot;
    let data = &snapshot.data;
    let details = &data.details;
    let say = |words: Text| words.in_language(language).to_owned();
    let module = |module: &crate::registry::programs::model::Module| {
        format!("{}. {} ({})", module.position, module.data.title, module.data.hours)
    };
    [
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

/// UTF-8 with BOM and `;`, as a spreadsheet in Russian opens it. What would be read as a formula is made text.
pub(super) fn csv(programs: &[PublishedProgram], language: Language) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    writer
        .write_record(COLUMNS.map(|name| name.in_language(language).to_owned()))
        .map_err(Error::internal)?;
    for program in programs {
        let cells = row(program, language).map(|cell| match cell {
            Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Cell::Text(text) => text,
            // A decimal comma is what the same spreadsheet takes for a number.
            Cell::Number(number) if language == Language::Ru => number.to_string().replace('.', ","),
            Cell::Number(number) => number.to_string(),
        });
        writer.write_record(cells).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|error| Error::internal(error.to_string()))
}

/// One sheet with a frozen header.
pub(super) fn xlsx(programs: &[PublishedProgram], language: Language) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let bold = CellFormat::new().set_bold();
    for (column, name) in (0_u16..).zip(COLUMNS) {
        sheet.write_with_format(0, column, name.in_language(language), &bold).map_err(Error::internal)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(Error::internal)?;
    for (line, program) in (1_u32..).zip(programs) {
        for (column, cell) in (0_u16..).zip(row(program, language)) {
            match cell {
                Cell::Text(text) => sheet.write_string(line, column, text),
                Cell::Number(number) => sheet.write_number(line, column, number),
            }
            .map_err(Error::internal)?;
        }
    }
    workbook.save_to_buffer().map_err(Error::internal)
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
