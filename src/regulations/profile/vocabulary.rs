//! Names that several sections of a profile and several resources share.

use super::macros::vocabulary;

vocabulary! {
    /// What an activity of a route is (вид мероприятия маршрута).
    pub enum ActivityKind {
        /// A whole professional development program (программа ДПП).
        Program = "program",
        /// A single module of a program (модуль).
        Module = "module",
        /// An event: seminar, master class, conference and the like (мероприятие).
        Event = "event",
        /// Self-directed learning with its content described (самообразование).
        SelfEducation = "self_education",
        /// Methodical work at school, individual or in a creative group (методическая работа).
        MethodicalWork = "methodical_work",
        /// An internship, also at another school (стажировка).
        Internship = "internship",
        /// A task at the workplace (задание на рабочем месте).
        WorkplaceTask = "workplace_task",
        /// Work in a professional association (работа в профессиональном объединении).
        AssociationWork = "association_work",
        /// A professional skills contest (конкурс профессионального мастерства).
        Contest = "contest",
    }

    /// Who pays (источник финансирования).
    pub enum FundingSource {
        /// Funds of the municipal education system (средства муниципальной образовательной системы).
        Municipal = "municipal",
        /// Off-budget funds of the organization (внебюджетные средства).
        OffBudget = "off_budget",
        /// The employee himself or herself (собственные средства работника).
        Own = "own",
        /// A grant (грант).
        Grant = "grant",
        /// A state assignment or state order (государственное задание, государственный заказ).
        StateAssignment = "state_assignment",
        /// A training voucher (образовательный чек).
        Voucher = "voucher",
        /// Any other source (иной источник).
        Other = "other",
    }

    /// How a person is employed at an organization (вид занятости).
    pub enum EmploymentKind {
        /// On the staff, as the main place of work (штатный работник).
        Staff = "staff",
        /// A second job at the same organization (внутренний совместитель).
        InternalPartTime = "internal_part_time",
        /// A second job of somebody employed elsewhere (внешний совместитель).
        ExternalPartTime = "external_part_time",
        /// Under a civil-law contract (гражданско-правовой договор).
        Contract = "contract",
    }

    /// Whom training is for by post (категория должности).
    pub enum LearnerPosition {
        /// Teachers and other pedagogical employees (педагогические работники).
        Teacher = "teacher",
        /// Heads and their deputies (руководящие работники).
        Head = "head",
    }

    /// A part of a route or of a plan (часть маршрута, плана).
    pub enum RoutePart {
        /// Training planned over programs of providers (перспективный план повышения квалификации).
        ProspectivePlan = "prospective_plan",
        /// Development of competence at school (план повышения профессиональной компетентности).
        CompetencePlan = "competence_plan",
        /// Lines taken from the school's methodical work plan (базовая часть).
        Base = "base",
        /// Course training that is the same for everybody (инвариантная часть).
        Core = "core",
        /// What the teacher chooses, the individual trajectory (вариативная часть).
        Elective = "elective",
    }

    /// The period a thing repeats in (период).
    pub enum PeriodKind {
        /// The school year (учебный год).
        SchoolYear = "school_year",
        /// The calendar year (календарный год).
        CalendarYear = "calendar_year",
    }
}
