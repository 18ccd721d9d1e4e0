//! The closed sets of names of training, with the one spelling that the API, the rules and the database share.

crate::regulations::profile::vocabulary! {
    /// What an offering is (форма образовательной услуги, P3-7).
    pub enum OfferingKind {
        /// Course by a whole program (курсы).
        Course = "course",
        /// Single module of a program (модуль).
        Module = "module",
        /// Seminar (семинар).
        Seminar = "seminar",
        /// Master class (мастер-класс).
        MasterClass = "master_class",
        /// Session of a professional association (заседание профессионального объединения).
        AssociationSession = "association_session",
        /// Internship at an organization (стажировка).
        Internship = "internship",
        /// Conference (научно-практическая конференция).
        Conference = "conference",
        /// Workshop (практикум).
        Workshop = "workshop",
        /// Webinar (вебинар).
        Webinar = "webinar",
        /// Group consultation (консультация).
        Consultation = "consultation",
        /// Professional contest (профессиональный конкурс).
        Contest = "contest",
        /// Anything else (другое).
        Other = "other",
    }

    /// Where an offering stands (состояние).
    pub enum OfferingState {
        /// Being prepared; only its organiser sees it.
        Planned = "planned",
        /// Takes applications.
        Open = "open",
        /// Learning goes on.
        Running = "running",
        /// Over.
        Finished = "finished",
        /// Will not take place.
        Cancelled = "cancelled",
    }

    /// What a stage of an offering is (вид этапа).
    pub enum TrainingStageKind {
        /// Study with a teacher (занятия).
        Study = "study",
        /// Practice (практика).
        Practice = "practice",
        /// Task at the workplace (задание на рабочем месте).
        WorkplaceTask = "workplace_task",
        /// Project (проект).
        Project = "project",
        /// Final assessment (итоговая аттестация).
        FinalAssessment = "final_assessment",
    }

    /// Who applies (вид обращения).
    pub enum ApplicationKind {
        /// A person for himself or herself (заявление).
        Person = "person",
        /// A school for a group of its people (заявка).
        Organization = "organization",
        /// The head of a school sends workers with a ground (направление).
        Referral = "referral",
    }

    /// Where an application stands (состояние заявки).
    pub enum ApplicationState {
        /// Waits for the provider.
        Submitted = "submitted",
        /// Everybody in it is enrolled.
        Accepted = "accepted",
        /// Nobody in it is enrolled.
        Declined = "declined",
        /// Taken back.
        Withdrawn = "withdrawn",
    }

    /// What a provider decides on an application (решение по заявке).
    pub enum ApplicationDecision {
        /// Enroll everybody in it.
        Accept = "accept",
        /// Enroll nobody; needs a reason.
        Decline = "decline",
    }

    /// Where an enrollment stands (состояние обучения).
    pub enum EnrollmentState {
        /// Accepted; learning has not begun.
        Enrolled = "enrolled",
        /// Learning goes on.
        InProgress = "in_progress",
        /// The content is mastered in full.
        Completed = "completed",
        /// It ended, the content is not mastered in full: no certificate.
        Incomplete = "incomplete",
        /// The person did not cope.
        Failed = "failed",
        /// The person left.
        Withdrawn = "withdrawn",
    }

    /// Whether the content of a stage is mastered (освоение этапа).
    pub enum StageOutcome {
        /// Not known yet.
        Pending = "pending",
        /// In full.
        Mastered = "mastered",
        /// Not, or only in part.
        NotMastered = "not_mastered",
    }

    /// How an enrollment is closed by the provider (итог обучения).
    pub enum EnrollmentClosing {
        /// Learning is over: completed when every stage is mastered, else incomplete.
        Finish = "finish",
        /// The person did not cope; needs a reason.
        Fail = "fail",
    }

    /// What a contract is (вид договора).
    #[derive(Default)]
    pub enum ContractKind {
        /// A contract with a provider (договор).
        #[default]
        Contract = "contract",
        /// An agreement of a school with its municipal centre (соглашение, договорённость).
        Agreement = "agreement",
    }

    /// Where a contract stands (состояние договора).
    pub enum ContractState {
        /// In force.
        Active = "active",
        /// Terminated (расторгнут).
        Terminated = "terminated",
    }
}
