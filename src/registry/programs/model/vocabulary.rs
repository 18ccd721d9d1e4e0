//! The closed sets of names of programs, with their stable spelling.

/// A closed set of names as the database and the API spell them.
macro_rules! names {
    ($( $(#[$meta:meta])* pub enum $name:ident { $( $(#[$value:meta])* $variant:ident = $text:literal, )+ } )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $( $(#[$value])* $variant, )+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The stable name.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $text, )+ }
            }

            /// The value of that name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }
    )+ };
}
pub(in crate::registry) use names;

names! {
    /// Form of study (форма обучения).
    pub enum StudyForm {
        /// Full-time, очная.
        FullTime = "full_time",
        /// Part-time, очно-заочная.
        PartTime = "part_time",
        /// Extramural, заочная.
        Extramural = "extramural",
    }

    /// Way of delivery (способ реализации).
    pub enum ProgramDelivery {
        /// In person.
        InPerson = "in_person",
        /// Distance technologies.
        Distance = "distance",
        /// E-learning.
        ELearning = "e_learning",
        /// Internship.
        Internship = "internship",
    }

    /// For whom a program is (P4-9).
    pub enum ProgramAudience {
        /// Teachers.
        Teacher = "teacher",
        /// Heads of schools.
        Head = "head",
    }

    /// What a program is written in line with (P2-8).
    pub enum StandardKind {
        /// Professional standard, профессиональный стандарт.
        ProfessionalStandard = "professional_standard",
        /// Federal state educational standard, ФГОС.
        EducationalStandard = "educational_standard",
    }

    /// What speaks for the quality of a program (P1-33).
    pub enum QualityMarkKind {
        /// Professional and public accreditation.
        PublicAccreditation = "public_accreditation",
        /// Independent assessment of quality.
        IndependentAssessment = "independent_assessment",
        /// Chosen for the federal registry of programs.
        FederalRegistry = "federal_registry",
        /// An award of a contest.
        Award = "award",
    }

    /// Who may pay for a program (источник финансирования).
    pub enum ProgramFunding {
        /// The state assignment: free for the learner.
        StateAssignment = "state_assignment",
        /// The school.
        School = "school",
        /// The learner.
        Learner = "learner",
        /// A grant or a project.
        Grant = "grant",
    }

    /// State of a program (состояние программы).
    pub enum ProgramState {
        /// Being written by its provider.
        Draft = "draft",
        /// Waiting for a decision.
        Submitted = "submitted",
        /// Being reviewed; the decision follows.
        UnderReview = "under_review",
        /// Accepted: visible to the whole region.
        Accepted = "accepted",
        /// Returned for rework with a reason and a date.
        Returned = "returned",
        /// Rejected with a reason.
        Rejected = "rejected",
    }
}

impl ProgramState {
    /// Whether the provider may change and submit it (P4-28).
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// Whether the keeper may decide.
    pub const fn awaits_decision(self) -> bool {
        matches!(self, Self::Submitted | Self::UnderReview)
    }
}
