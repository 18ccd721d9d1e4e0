//! Why hours are not counted, in words.

use crate::error::Text;
use crate::hours::model::{ProviderDefect, Reason};

/// The sentence for a person.
pub fn explanation(reason: Reason) -> Text {
    match reason {
        Reason::OutsideWindow { left_on } => Text::owned(
            format!("Вышло из расчётного периода {left_on}"),
            format!("Left the window on {left_on}"),
        ),
        Reason::NotYetEffective { from } => {
            Text::owned(format!("Учитывается с {from}"), format!("Counts from {from} on"))
        }
        Reason::DateMissing => Text::new(
            "Нет даты, по которой положение относит часы к периоду",
            "The date by which the regulation places hours in the window is missing",
        ),
        Reason::KindNotAccepted { .. } => Text::new(
            "Положение не учитывает документы этого вида",
            "The regulation does not count documents of this kind",
        ),
        Reason::RetrainingNotSummed => Text::new(
            "Положение не суммирует часы переподготовки",
            "The regulation does not sum hours of retraining",
        ),
        Reason::ProviderNotEligible { started_on, because: ProviderDefect::Founder } => Text::owned(
            format!(
                "Организация не вправе обучать педагогов: обучение началось {started_on}, с 01.09.2025 действует ограничение (273-ФЗ, ст. 76)"
            ),
            format!(
                "The provider may not train teachers: the training began on {started_on}, restricted since 2025-09-01 (273-FZ art. 76)"
            ),
        ),
        Reason::ProviderNotEligible { because: ProviderDefect::LicenceSuspended(day), .. } => Text::owned(
            format!("Лицензия организации была приостановлена: обучение захватывает {day}"),
            format!("The provider's licence was suspended: the training includes {day}"),
        ),
        Reason::ProviderNotEligible { because: ProviderDefect::NoLicence(day), .. } => Text::owned(
            format!("У организации не было действующей лицензии: обучение захватывает {day}"),
            format!("The provider had no valid licence: the training includes {day}"),
        ),
        Reason::ProviderNotEligible { started_on, because: ProviderDefect::FounderUnknown } => Text::owned(
            format!(
                "Учредитель организации не известен, а обучение началось {started_on}, после ограничения с 01.09.2025 (273-ФЗ, ст. 76)"
            ),
            format!(
                "The founder of the provider is not known, and the training began on {started_on}, restricted since 2025-09-01 (273-FZ art. 76)"
            ),
        ),
        Reason::Duplicate { .. } => {
            Text::new("Тот же документ уже учтён", "The same document is counted already")
        }
        Reason::AwaitingConfirmation => Text::new("Ожидает подтверждения", "Awaits confirmation"),
        Reason::Disputed => Text::new("Оспорено", "Under dispute"),
        Reason::Refused => Text::new("Отклонено", "Refused"),
        Reason::Reversed { .. } => Text::new("Сторнировано", "Taken back"),
        Reason::CreditedNotSummed => Text::new(
            "Зачтено: выполняет требование, но часы повторно не суммируются",
            "Credited: satisfies a requirement, its hours are not summed again",
        ),
    }
}
