//! What the stable names are called on paper.

use crate::approvals::model::DecisionKind;
use crate::authz::Role;
use crate::diagnostics::deficits::model::DeficitState;
use crate::error::{Language, Text};
use crate::learning_routes::cards::model::RouteCardState;
use crate::learning_routes::growth_cards::vocabulary::GrowthCardState;
use crate::learning_routes::model::{EventLevel, RouteState, WorkMode};
use crate::learning_routes::stage_reports::vocabulary::StageReportState;
use crate::learning_routes::versions::model::VersionCause;
use crate::regulations::profile::{
    ActivityBasis, ActivityKind, ControlKind, ControlObject, DossierGroup, FundingSource, RouteCardBlock,
    RoutePart,
};
use crate::values::DocumentKind;

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Words(pub Language);

macro_rules! named {
    ($( $(#[$doc:meta])* $name:ident($kind:ty) { $( $variant:pat => $ru:literal, $en:literal; )+ } )+) => {
        impl Words { $(
            $(#[$doc])*
            pub fn $name(self, value: $kind) -> String {
                let text = match value { $( $variant => Text::new($ru, $en), )+ };
                self.of(&text)
            }
        )+ }
    };
}

impl Words {
    /// The words in the language.
    pub fn of(self, text: &Text) -> String {
        text.in_language(self.0).to_owned()
    }

    /// A name with these words before it, in both languages: for refusals that tell where something stands.
    pub fn told<T: Copy>(ru: &str, en: &str, name: fn(Self, T) -> String, value: T) -> (String, String) {
        let (russian, english) = (name(Self(Language::Ru), value), name(Self(Language::En), value));
        (format!("{ru}: {russian}"), format!("{en}: {english}"))
    }

    /// The two ways to say it.
    pub fn say(self, ru: &'static str, en: &'static str) -> String {
        self.of(&Text::new(ru, en))
    }

    /// The mark of a language for readers that read aloud.
    pub const fn code(self) -> &'static str {
        match self.0 {
            Language::Ru => "ru",
            Language::En => "en",
        }
    }
}

named! {
    /// A kind of activity.
    kind(ActivityKind) {
        ActivityKind::Program => "программа", "program";
        ActivityKind::Module => "модуль", "module";
        ActivityKind::Event => "мероприятие", "event";
        ActivityKind::SelfEducation => "самообразование", "self-education";
        ActivityKind::MethodicalWork => "методическая работа", "methodical work";
        ActivityKind::Internship => "стажировка", "internship";
        ActivityKind::WorkplaceTask => "задание на рабочем месте", "task at the workplace";
        ActivityKind::AssociationWork => "работа в объединении", "work in an association";
        ActivityKind::Contest => "конкурс", "contest";
    }
    /// Why an activity is there.
    basis(ActivityBasis) {
        ActivityBasis::Interest => "профессиональный интерес", "professional interest";
        ActivityBasis::Deficit => "дефицит", "deficit";
        ActivityBasis::Need => "потребность", "need";
        ActivityBasis::SchoolPriority => "приоритет школы", "priority of the school";
        ActivityBasis::SystemPriority => "потребность системы", "need of the system";
        ActivityBasis::PersonalProblem => "проблема педагога", "problem of the teacher";
        ActivityBasis::Recommendation => "рекомендация", "recommendation";
        ActivityBasis::OutcomeFinding => "результаты оценочных процедур", "findings of assessment";
    }
    /// A part of a route.
    part(RoutePart) {
        RoutePart::ProspectivePlan => "перспективный план", "prospective plan";
        RoutePart::CompetencePlan => "план по компетенциям", "plan by competencies";
        RoutePart::Base => "базовая часть", "base part";
        RoutePart::Core => "инвариантная часть", "core part";
        RoutePart::Elective => "вариативная часть", "elective part";
    }
    /// The level of an event.
    level(EventLevel) {
        EventLevel::School => "школьный", "school";
        EventLevel::Municipal => "муниципальный", "municipal";
        EventLevel::Regional => "региональный", "regional";
        EventLevel::National => "всероссийский", "national";
        EventLevel::International => "международный", "international";
    }
    /// How methodical work is done.
    mode(WorkMode) {
        WorkMode::Individual => "индивидуально", "alone";
        WorkMode::CreativeGroup => "творческая группа", "creative group";
    }
    /// Where a route stands.
    state(RouteState) {
        RouteState::Draft => "черновик", "draft";
        RouteState::InReview => "на согласовании", "in review";
        RouteState::Rework => "на доработке", "in rework";
        RouteState::Approved => "утверждён", "approved";
        RouteState::Active => "действует", "in force";
        RouteState::Completed => "выполнен", "fulfilled";
        RouteState::ClosedIncomplete => "завершён досрочно", "closed before it was fulfilled";
        RouteState::Rejected => "отклонён", "rejected";
        RouteState::Withdrawn => "отозван", "withdrawn";
    }
    /// Where a growth card stands.
    growth_card_state(GrowthCardState) {
        GrowthCardState::Assembled => "не сдана", "not handed in";
        GrowthCardState::Submitted => "сдана", "handed in";
        GrowthCardState::Accepted => "принята", "accepted";
        GrowthCardState::Returned => "возвращена на доработку", "returned for rework";
    }
    /// Where a report by a stage stands.
    report_state(StageReportState) {
        StageReportState::Submitted => "сдан", "handed in";
        StageReportState::Accepted => "принят", "accepted";
        StageReportState::Returned => "возвращён на доработку", "returned for rework";
    }
    /// Where the card of a route stands.
    card_state(RouteCardState) {
        RouteCardState::InReview => "на утверждении", "in review";
        RouteCardState::Rework => "на доработке", "in rework";
        RouteCardState::Approved => "утверждена", "approved";
        RouteCardState::Rejected => "отклонена", "rejected";
        RouteCardState::Withdrawn => "отозвана", "withdrawn";
    }
    /// A document about training.
    document(DocumentKind) {
        DocumentKind::PdCertificate => "удостоверение о повышении квалификации", "certificate of professional development";
        DocumentKind::RetrainingDiploma => "диплом о профессиональной переподготовке", "diploma of professional retraining";
        DocumentKind::ParticipationCertificate => "сертификат", "certificate of participation";
        DocumentKind::StudyStatement => "справка об обучении", "statement of study";
    }
    /// Where money comes from.
    source(FundingSource) {
        FundingSource::Municipal => "муниципальный бюджет", "municipal budget";
        FundingSource::OffBudget => "внебюджетные средства", "off-budget funds";
        FundingSource::Own => "собственные средства", "own funds";
        FundingSource::Grant => "грант", "grant";
        FundingSource::StateAssignment => "государственное задание", "state assignment";
        FundingSource::Voucher => "сертификат", "voucher";
        FundingSource::Other => "иное", "other";
    }
    /// A kind of control.
    control(ControlKind) {
        ControlKind::Preliminary => "Предварительный контроль", "Preliminary control";
        ControlKind::Ongoing => "Текущий контроль", "Ongoing control";
        ControlKind::Final => "Заключительный контроль", "Final control";
    }
    /// What control looks at.
    object(ControlObject) {
        ControlObject::Development => "разработка программы", "development of the program";
        ControlObject::Quality => "качество программы", "quality of the program";
        ControlObject::Schedule => "выполнение графика", "keeping to the schedule";
        ControlObject::MoneyUse => "использование средств", "use of money";
        ControlObject::SystemQuality => "качество системы повышения квалификации", "quality of the training system";
    }
    /// Where a deficit stands.
    deficit_state(DeficitState) {
        DeficitState::Open => "открыт", "open";
        DeficitState::Addressed => "в работе", "addressed";
        DeficitState::Closed => "закрыт", "closed";
    }
    /// Why a version of a route was taken.
    cause(VersionCause) {
        VersionCause::Submission => "подан на согласование", "handed in";
        VersionCause::RevisionSubmission => "изменения поданы на согласование", "changes handed in";
        VersionCause::Revision => "изменения внесены", "changed";
        VersionCause::PeriodicUpdate => "ежегодное обновление", "yearly update";
    }
    /// A block of the card.
    block(RouteCardBlock) {
        RouteCardBlock::Learner => "Педагог", "Learner";
        RouteCardBlock::Topic => "Тема", "Topic";
        RouteCardBlock::Dates => "Сроки", "Dates";
        RouteCardBlock::Activities => "Мероприятия", "Activities";
        RouteCardBlock::Hours => "Объём", "Hours";
        RouteCardBlock::Product => "Ожидаемый продукт", "Expected product";
        RouteCardBlock::Results => "Результаты и документы", "Results and papers";
        RouteCardBlock::Updates => "Изменения и ежегодное обновление", "Changes and yearly updates";
        RouteCardBlock::Approval => "Согласование и утверждение", "Agreement and approval";
    }
    /// A group of the dossier.
    group(DossierGroup) {
        DossierGroup::Acts => "Нормативные документы", "Acts";
        DossierGroup::Diagnosis => "Диагностика затруднений и потребностей", "Diagnosis of difficulties and needs";
        DossierGroup::Route => "Индивидуальная программа", "The individual program";
        DossierGroup::ControlPlan => "План контроля", "Control plan";
        DossierGroup::Reports => "Отчёты о выполнении и результатах", "Reports on fulfilment and results";
        DossierGroup::Portfolio => "Портфолио", "Portfolio";
    }
    /// A decision on a route.
    decision(DecisionKind) {
        DecisionKind::Endorse => "согласовано", "agreed";
        DecisionKind::Approve => "утверждено", "approved";
        DecisionKind::Consent => "педагог согласен", "the learner consents";
        DecisionKind::Acknowledge => "ознакомлен", "acknowledged";
        DecisionKind::Opinion => "мнение", "opinion";
    }
    /// Who decided.
    role(Role) {
        Role::Teacher => "педагог", "teacher";
        Role::AssociationHead => "руководитель методического объединения", "head of an association";
        Role::DeputyDirector => "заместитель директора", "deputy director";
        Role::Director => "директор", "director";
        Role::ProgramCurator => "куратор программ", "curator of programs";
        Role::RouteTutor => "тьютор", "tutor";
        Role::CouncilSecretary => "секретарь совета", "secretary of the council";
        Role::MunicipalOfficer => "муниципальный орган управления", "municipal authority";
        Role::MunicipalMethodist => "муниципальный методист", "municipal methodist";
        Role::MinistryOfficer => "министерство", "ministry";
        Role::RegionalCoordinator => "региональный координатор", "regional coordinator";
        Role::RegionalOperator => "региональный оператор", "regional operator";
        Role::QualityOfficer => "оценка качества", "quality officer";
        Role::ProviderOfficer => "организация ДПО", "provider";
        Role::OfferingLeader => "руководитель обучения", "leader of an offering";
        Role::Reviewer => "эксперт", "reviewer";
        Role::Auditor => "контроль", "auditor";
        Role::Integration => "информационная система", "information system";
        Role::PlatformAdmin => "администратор", "administrator";
    }
}
