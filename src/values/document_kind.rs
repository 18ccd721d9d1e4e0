//! Kinds of documents about training (вид документа об обучении).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The kind of a document that proves training (вид документа об обучении).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Official certificate of professional development (удостоверение о повышении квалификации).
    PdCertificate,
    /// Diploma of professional retraining (диплом о профессиональной переподготовке).
    RetrainingDiploma,
    /// Certificate of participation (сертификат).
    ParticipationCertificate,
    /// Statement of study, also of an unfinished one (справка об обучении).
    StudyStatement,
}

impl DocumentKind {
    /// Every kind, the weightiest documents first.
    pub const ALL: [Self; 4] =
        [Self::PdCertificate, Self::RetrainingDiploma, Self::ParticipationCertificate, Self::StudyStatement];

    /// The stable name used in profiles and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PdCertificate => "pd_certificate",
            Self::RetrainingDiploma => "retraining_diploma",
            Self::ParticipationCertificate => "participation_certificate",
            Self::StudyStatement => "study_statement",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_documents() {
        for kind in DocumentKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(DocumentKind::parse(kind.as_str()), Some(kind));
        }
    }
}
