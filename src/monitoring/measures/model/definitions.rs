//! The one definition of each measure.
//!
//! A measure is added here, in `Measure::definition`, with one select in `store` of measures and one value of
//! `MeasureCode` in `dto`. What its keys are called stands in `words`.

use crate::error::Text;

/// A measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Staff with a result of diagnostics.
    DiagnosticCoverage,
    /// Deficits that nothing has closed, by block.
    DeficitsOpen,
    /// Deficits closed by repeat diagnostics, by block.
    DeficitsClosed,
    /// Staff with a route in force.
    RouteCoverage,
    /// Routes by state.
    RoutesByState,
    /// Routes in force with something overdue.
    RoutesLate,
    /// Staff whose hours reach the norm.
    HoursNorm,
    /// Staff trained within three years.
    TrainingFrequency,
    /// Training that ended completed.
    EnrollmentsCompleted,
    /// What schools ordered that the state assignment bears.
    OrdersAssigned,
    /// What the operator's order takes of the state assignment, line by line.
    AssignmentOrdered,
    /// Completed training with a support plan that both sides agreed.
    SupportPlans,
    /// Delayed outcomes that are due and recorded.
    DelayedOutcomes,
    /// Products by state.
    ProductsByState,
    /// Money by source.
    Spending,
    /// Staff with fewer deficits than a year ago.
    Growth,
}

/// What the number of a measure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The numerator in per cent of the denominator.
    Percent,
    /// The numerator alone, in kopecks.
    Kopecks,
}

/// What a measure means.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The measure.
    pub measure: Measure,
    /// Its name.
    pub title: Text,
    /// What its number is.
    pub unit: Unit,
    /// What is counted.
    pub numerator: Text,
    /// Of how many; none where the number stands alone.
    pub denominator: Option<Text>,
    /// What it is broken down by.
    pub key: Option<Text>,
    /// What it is counted from.
    pub source: Text,
}

impl Measure {
    /// Every measure, in the order in which they are told.
    pub const ALL: [Self; 16] = [
        Self::DiagnosticCoverage,
        Self::DeficitsOpen,
        Self::DeficitsClosed,
        Self::RouteCoverage,
        Self::RoutesByState,
        Self::RoutesLate,
        Self::HoursNorm,
        Self::TrainingFrequency,
        Self::EnrollmentsCompleted,
        Self::OrdersAssigned,
        Self::AssignmentOrdered,
        Self::SupportPlans,
        Self::DelayedOutcomes,
        Self::ProductsByState,
        Self::Spending,
        Self::Growth,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DiagnosticCoverage => "diagnostic_coverage",
            Self::DeficitsOpen => "deficits_open",
            Self::DeficitsClosed => "deficits_closed",
            Self::RouteCoverage => "route_coverage",
            Self::RoutesByState => "routes_by_state",
            Self::RoutesLate => "routes_late",
            Self::HoursNorm => "hours_norm",
            Self::TrainingFrequency => "training_frequency",
            Self::EnrollmentsCompleted => "enrollments_completed",
            Self::OrdersAssigned => "orders_assigned",
            Self::AssignmentOrdered => "assignment_ordered",
            Self::SupportPlans => "support_plans",
            Self::DelayedOutcomes => "delayed_outcomes",
            Self::ProductsByState => "products_by_state",
            Self::Spending => "spending",
            Self::Growth => "growth",
        }
    }

    /// The measure of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.as_str() == name)
    }

    /// Whether it is counted from standings of hours, not by a select.
    pub const fn is_of_hours(self) -> bool {
        matches!(self, Self::HoursNorm | Self::TrainingFrequency)
    }

    /// Whether it is counted by competency, of those who were measured in each.
    pub const fn is_of_deficits(self) -> bool {
        matches!(self, Self::DeficitsOpen | Self::DeficitsClosed)
    }

    /// What it means.
    pub fn definition(self) -> Definition {
        let staff = || Some(Text::new("Работники школ на эту дату", "Staff of schools on the day"));
        let deficits = || {
            Some(Text::new(
                "Дефициты работников в компетенциях блока, где измерено не меньше пяти человек",
                "Deficits of the staff in those competencies of the block in which at least five people were measured",
            ))
        };
        let block = || Some(Text::new("Код блока модели", "Code of the block of the framework"));
        let (title, unit, numerator, denominator, key, source) = match self {
            Self::DiagnosticCoverage => (
                Text::new("Охват диагностикой", "Coverage by diagnostics"),
                Unit::Percent,
                Text::new("Из них с результатом до этой даты", "Those with a result taken until the day"),
                staff(),
                None,
                Text::new("Результаты диагностики", "Results of diagnostics"),
            ),
            Self::DeficitsOpen => (
                Text::new("Незакрытые дефициты по блокам", "Deficits not closed, by block"),
                Unit::Percent,
                Text::new("Из них не закрытые", "Those that are not closed"),
                deficits(),
                block(),
                Text::new("История дефицитов", "History of deficits"),
            ),
            Self::DeficitsClosed => (
                Text::new("Закрытые дефициты по блокам", "Closed deficits by block"),
                Unit::Percent,
                Text::new("Из них закрытые повторной диагностикой", "Those closed by repeat diagnostics"),
                deficits(),
                block(),
                Text::new("История дефицитов", "History of deficits"),
            ),
            Self::RouteCoverage => (
                Text::new("Охват маршрутами", "Coverage by routes"),
                Unit::Percent,
                Text::new("Из них с действующим маршрутом", "Those with a route in force"),
                staff(),
                None,
                Text::new("Даты маршрутов", "Dates of routes"),
            ),
            Self::RoutesByState => (
                Text::new("Маршруты по состояниям", "Routes by state"),
                Unit::Percent,
                Text::new("Из них в этом состоянии на эту дату", "Those in that state on the day"),
                Some(Text::new(
                    "Маршруты, кроме отклонённых и отозванных",
                    "Routes but those refused and withdrawn",
                )),
                Some(Text::new(
                    "preparation, approved, active, completed, closed_incomplete",
                    "preparation, approved, active, completed, closed_incomplete",
                )),
                Text::new("Даты маршрутов", "Dates of routes"),
            ),
            Self::RoutesLate => (
                Text::new("Маршруты с просрочкой", "Late routes"),
                Unit::Percent,
                Text::new(
                    "Из них с просроченным мероприятием на эту дату",
                    "Those with an activity overdue on the day",
                ),
                Some(Text::new("Действующие маршруты", "Routes in force")),
                None,
                Text::new("Даты мероприятий маршрутов", "Dates of activities of routes"),
            ),
            Self::HoursNorm => (
                Text::new("Выполнение нормы часов", "Norm of hours met"),
                Unit::Percent,
                Text::new("Из них выполнившие норму", "Those who meet the norm"),
                Some(Text::new("Работники, у которых норма есть", "Staff who have a norm")),
                None,
                Text::new(
                    "Книга учёта часов: как в выполнении нормы; выше школы каждый считается по основному месту работы",
                    "The ledger of hours, as in hours compliance; above a school everybody counts by the main employer",
                ),
            ),
            Self::TrainingFrequency => (
                Text::new("Обучение раз в три года", "Trained within three years"),
                Unit::Percent,
                Text::new("Из них обучавшиеся за три года", "Those trained within three years"),
                Some(Text::new("Работники", "Staff")),
                None,
                Text::new(
                    "Книга учёта часов: как в выполнении нормы; выше школы каждый считается по основному месту работы",
                    "The ledger of hours, as in hours compliance; above a school everybody counts by the main employer",
                ),
            ),
            Self::EnrollmentsCompleted => (
                Text::new("Завершённое обучение", "Completed training"),
                Unit::Percent,
                Text::new("Из них завершены", "Those completed"),
                Some(Text::new(
                    "Зачисления, окончившиеся в календарном году до этой даты, кроме отозванных",
                    "Enrollments that ended in the calendar year until the day, but those withdrawn",
                )),
                None,
                Text::new("Зачисления", "Enrollments"),
            ),
            Self::OrdersAssigned => (
                Text::new(
                    "Заказ школ в государственном задании",
                    "Orders of schools within the state assignment",
                ),
                Unit::Percent,
                Text::new(
                    "Из них люди в строках, которые через заказ оператора покрыло государственное задание",
                    "Those in lines that the state assignment bears by the order of the operator",
                ),
                Some(Text::new(
                    "Люди в переданных заказах школ на период, в который входит эта дата",
                    "People in orders that schools handed up for the period of the day",
                )),
                None,
                Text::new("Строки заказов", "Lines of orders"),
            ),
            Self::AssignmentOrdered => (
                Text::new("Заказ и государственное задание", "Orders against the state assignment"),
                Unit::Percent,
                Text::new("Из них заказаны оператором", "Those in the order of the operator"),
                Some(Text::new(
                    "Люди в государственном задании календарного года",
                    "People in the state assignment of the calendar year",
                )),
                Some(Text::new("Строка государственного задания", "Line of the state assignment")),
                Text::new(
                    "Государственное задание и строки заказа оператора; только по региону",
                    "The state assignment and lines of the operator's order; of the region alone",
                ),
            ),
            Self::SupportPlans => (
                Text::new("Сопровождение после обучения", "Support after training"),
                Unit::Percent,
                Text::new(
                    "Из них с планом сопровождения, согласованным до этой даты",
                    "Those with a support plan that both sides agreed until the day",
                ),
                Some(Text::new(
                    "Обучение, завершённое в календарном году до этой даты, если положение требует плана сопровождения",
                    "Training completed in the calendar year until the day, where the regulation demands a support plan",
                )),
                None,
                Text::new("Планы сопровождения", "Support plans"),
            ),
            Self::DelayedOutcomes => (
                Text::new("Отсроченные результаты", "Delayed outcomes"),
                Unit::Percent,
                Text::new("Из них записаны до этой даты", "Those recorded until the day"),
                Some(Text::new(
                    "Завершённое обучение, чей срок по положению наступил в календарном году до этой даты",
                    "Completed training that the regulation made due in the calendar year until the day",
                )),
                None,
                Text::new("Отсроченные результаты", "Delayed outcomes"),
            ),
            Self::ProductsByState => (
                Text::new("Методические продукты по состояниям", "Methodical products by state"),
                Unit::Percent,
                Text::new("Из них в этом состоянии на эту дату", "Those in that state on the day"),
                Some(Text::new("Продукты, начатые до этой даты", "Products begun until the day")),
                Some(Text::new("draft, defended, introduced", "draft, defended, introduced")),
                Text::new(
                    "Даты продуктов, их защит и внедрения",
                    "Dates of products, defences and introductions",
                ),
            ),
            Self::Spending => (
                Text::new("Расходы по источникам", "Spending by source"),
                Unit::Kopecks,
                Text::new(
                    "Сумма за календарный год до этой даты, копейки",
                    "Sum of the calendar year until the day, in kopecks",
                ),
                None,
                Some(Text::new(
                    "Источник: municipal, off_budget, own, grant, state_assignment, voucher, other; contracts — цена договоров, \
                     из какого бы источника она ни платилась",
                    "The source: municipal, off_budget, own, grant, state_assignment, voucher, other; contracts is the price of \
                     contracts, whatever source pays it",
                )),
                Text::new(
                    "Строки финансирования утверждённых планов по первому дню этапа, маршрута или плана; одобренные заявления \
                     за свой счёт; договоры с организациями ДПО, не расторгнутые на эту дату",
                    "Funding lines of approved plans by the first day of the stage, the route or the plan; approved requests \
                     at one's own expense; contracts with providers that were not terminated until the day",
                ),
            ),
            Self::Growth => (
                Text::new("Профессиональный рост за год", "Growth in a year"),
                Unit::Percent,
                Text::new(
                    "Из них с меньшим числом незакрытых дефицитов, чем год назад",
                    "Those with fewer deficits that are not closed than a year ago",
                ),
                Some(Text::new(
                    "Работники, у которых год назад были незакрытые дефициты",
                    "Staff who had deficits that were not closed a year ago",
                )),
                None,
                Text::new("История дефицитов", "History of deficits"),
            ),
        };
        Definition { measure: self, title, unit, numerator, denominator, key, source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_is_defined_once_and_found_by_its_name() {
        for measure in Measure::ALL {
            assert_eq!(Measure::parse(measure.as_str()), Some(measure));
            let definition = measure.definition();
            assert_eq!(definition.unit == Unit::Percent, definition.denominator.is_some());
        }
    }
}
