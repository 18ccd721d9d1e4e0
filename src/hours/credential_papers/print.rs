//! A credential as it is printed. Pure.

use chrono::NaiveDate;

use super::views::CredentialPaper;
use crate::error::{Language, Text};
use crate::hours::verification::views::CredentialStandingDto as Standing;
use crate::paper::{Block, Document, Section, Sheet, Signature};
use crate::values::DocumentKind;

/// The sheet of that day.
pub fn sheet(paper: &CredentialPaper, language: Language) -> Document {
    let say = |ru: &'static str, en: &'static str| Text::new(ru, en).in_language(language).to_owned();
    let mut facts = vec![
        (say("Выдан", "Holder"), paper.holder.clone()),
        (say("Тема", "Subject"), paper.title.clone()),
        (say("Объём, ч", "Academic hours"), paper.hours.to_string()),
    ];
    let dates = [(say("Начало", "From"), paper.started_on), (say("Окончание", "Until"), paper.completed_on)];
    facts.extend(dates.into_iter().filter_map(|(name, day)| Some((name, written(day?)))));
    let numbers = [
        (say("Серия", "Series"), &paper.series),
        (say("Номер", "Number"), &paper.number),
        (say("Регистрационный номер", "Registration number"), &paper.registration_number),
    ];
    facts.extend(numbers.into_iter().filter_map(|(name, number)| Some((name, number.clone()?))));
    facts.push((say("Дата выдачи", "Day of issue"), written(paper.issued_on)));
    facts.push((say("Кем выдан", "Issued by"), paper.issuer_name.clone()));
    let mut blocks = vec![Block::Facts(facts)];
    if paper.duplicate {
        blocks.insert(0, Block::Text(say("ДУБЛИКАТ", "DUPLICATE")));
    }
    match paper.standing {
        Standing::Valid => {}
        Standing::NotConfirmed => {
            blocks.insert(0, Block::Missing(say("Не подтверждён школой", "Not confirmed by the school")));
        }
        Standing::Replaced => blocks.insert(0, Block::Missing(say("Заменён дубликатом", "Replaced"))),
        Standing::Annulled => blocks.insert(0, Block::Missing(say("АННУЛИРОВАН", "ANNULLED"))),
    }
    if let Some(place) = &paper.verified_at {
        let words = say("Подлинность проверяется по адресу или коду:", "Whether it is genuine is told at:");
        blocks.push(Block::Code { text: place.clone(), caption: format!("{words} {place}") });
    }
    Document {
        title: title(paper.kind, language),
        subtitle: Some(paper.issuer_name.clone()),
        stamp: None,
        sheet: Sheet::Portrait,
        sections: vec![Section { heading: None, blocks }],
        signatures: vec![Signature { role: say("Руководитель", "Head"), name: None }],
        footer: format!("{} · {}", paper.title, paper.holder),
        page_word: say("Стр.", "Page"),
        of_word: say("из", "of"),
        dated_on: paper.issued_on,
        language: language.tag(),
    }
}

fn title(kind: DocumentKind, language: Language) -> String {
    let words = match kind {
        DocumentKind::PdCertificate => {
            Text::new("Удостоверение о повышении квалификации", "Certificate of professional development")
        }
        DocumentKind::RetrainingDiploma => {
            Text::new("Диплом о профессиональной переподготовке", "Diploma of professional retraining")
        }
        DocumentKind::ParticipationCertificate => Text::new("Сертификат", "Certificate of participation"),
        DocumentKind::StudyStatement => Text::new("Справка об обучении", "Statement of study"),
    };
    words.in_language(language).to_owned()
}

fn written(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}
