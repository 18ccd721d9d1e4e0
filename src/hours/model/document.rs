//! Papers about training.

/// The kind of a paper. Only the first two are qualification documents (B1.10, B1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// Certificate of professional development (удостоверение о повышении квалификации).
    PdCertificate,
    /// Diploma of professional retraining (диплом о профессиональной переподготовке).
    RetrainingDiploma,
    /// Certificate of participation in a seminar, webinar, conference (сертификат).
    ParticipationCertificate,
    /// Statement of study of one who did not finish (справка об обучении).
    StudyStatement,
    /// A record in the credit book, made by the leader of the event (запись в зачётной книжке).
    CreditBookRecord,
    /// Any other paper.
    Other,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::PdCertificate,
        Self::RetrainingDiploma,
        Self::ParticipationCertificate,
        Self::StudyStatement,
        Self::CreditBookRecord,
        Self::Other,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PdCertificate => "pd_certificate",
            Self::RetrainingDiploma => "retraining_diploma",
            Self::ParticipationCertificate => "participation_certificate",
            Self::StudyStatement => "study_statement",
            Self::CreditBookRecord => "credit_book_record",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// The kind of the program behind a paper (B1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProgramKind {
    /// Advanced training (повышение квалификации).
    AdvancedTraining,
    /// Professional retraining (профессиональная переподготовка).
    Retraining,
    /// Not additional professional education: a seminar, a conference, an internship without a program.
    Other,
}

impl ProgramKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::AdvancedTraining, Self::Retraining, Self::Other];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AdvancedTraining => "advanced_training",
            Self::Retraining => "retraining",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A paper as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its kind.
    pub kind: DocumentKind,
    /// Who issued it: the provider's id where the directory knows it, else the name as written.
    pub issuer: String,
    /// Series (серия).
    pub series: Option<String>,
    /// Number of the form (номер бланка).
    pub number: Option<String>,
    /// Registration number in the issuer's book (регистрационный номер).
    pub registration_number: Option<String>,
    /// Program or topic as written; tells papers without any number apart.
    pub title: Option<String>,
}
