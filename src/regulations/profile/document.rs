//! A whole regulation as a document: its acts around, its profile inside. The form of presets and of uploads.

use chrono::NaiveDate;

use super::Profile;
use super::macros::{rules, vocabulary};
use crate::values::day;

/// A regulation with its profile (положение).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegulationDocument {
    /// Stable code, unique in its jurisdiction: lower case letters, digits and hyphens.
    #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9-]*$", example = "school-7")]
    pub code: String,
    /// Title in Russian (название).
    #[schema(min_length = 1, max_length = 1000)]
    pub title_ru: String,
    /// Title in English.
    #[schema(min_length = 1, max_length = 1000)]
    pub title_en: String,
    /// The level of its owner.
    pub level: RegulationLevel,
    /// The body that issued it, in Russian (кем утверждено).
    #[schema(min_length = 1, max_length = 300)]
    pub issuing_body: String,
    /// The post of who keeps control of its fulfilment (контроль исполнения), when the act names it.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 300)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controlled_by: Option<String>,
    /// Number of the act that approved it (номер акта); absent when the text gives none.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_number: Option<String>,
    /// Date of that act (дата акта).
    #[serde(default, deserialize_with = "day")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_date: Option<NaiveDate>,
    /// `true`: to be published officially (официальное опубликование). Default: `false`.
    #[serde(default)]
    pub official_publication: bool,
    /// Whom it binds and whom it advises.
    #[schema(min_items = 1, max_items = 64)]
    pub obligations: Vec<RegulationObligationRule>,
    /// The acts it rests on (правовые основания).
    #[serde(default)]
    #[schema(max_items = 64)]
    pub legal_basis: Vec<LegalBasisAct>,
    /// The acts that lose force with it, fully or in part (утратившие силу).
    #[serde(default)]
    #[schema(max_items = 64)]
    pub supersedes: Vec<SupersededAct>,
    /// Remarks on the text itself, such as broken references (замечания к тексту).
    #[serde(default)]
    #[schema(max_items = 64)]
    pub remarks: Vec<RegulationRemark>,
    /// What it demands.
    pub profile: Profile,
}

vocabulary! {
    /// The level of a regulation's owner (уровень положения).
    pub enum RegulationLevel {
        /// A school.
        School = "school",
        /// A municipality.
        Municipality = "municipality",
        /// A region.
        Region = "region",
    }

    /// How a regulation applies (обязательность).
    pub enum RegulationObligation {
        /// It binds.
        Mandatory = "mandatory",
        /// It is advised.
        Recommended = "recommended",
    }

    /// To whose organizations an obligation applies (круг организаций).
    pub enum ObligationScope {
        /// All organizations under the owner.
        All = "all",
        /// Those that hang directly under the region (государственные организации).
        State = "state",
        /// Those of municipalities (муниципальные организации).
        Municipal = "municipal",
    }
}

rules! {
    /// Whom a regulation binds or advises (обязательность положения).
    pub struct RegulationObligationRule {
        /// Whose organizations; each scope at most once, the narrower one wins.
        pub scope: ObligationScope,
        /// Mandatory or recommended.
        pub obligation: RegulationObligation,
    }

    /// An act a regulation rests on (правовое основание).
    pub struct LegalBasisAct {
        /// The act in words, in Russian.
        #[schema(min_length = 1, max_length = 1000)]
        pub text: String,
        /// Its number.
        #[serde(default)]
        #[schema(min_length = 1, max_length = 64)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub number: Option<String>,
        /// Its date.
        #[serde(default, deserialize_with = "day")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub date: Option<NaiveDate>,
        /// Last day of its validity, when known.
        #[serde(default, deserialize_with = "day")]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub ends_on: Option<NaiveDate>,
    }

    /// An act that loses force (утративший силу акт).
    pub struct SupersededAct {
        /// The act in words, in Russian.
        #[schema(min_length = 1, max_length = 1000)]
        pub text: String,
        /// Its number.
        #[schema(min_length = 1, max_length = 64)]
        pub number: String,
        /// Its date.
        #[serde(deserialize_with = "day")]
        pub date: NaiveDate,
        /// The part that loses force, in Russian. Absent: the whole act.
        #[serde(default)]
        #[schema(min_length = 1, max_length = 300)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub part: Option<String>,
    }

    /// A remark on the text of a regulation (замечание к тексту).
    pub struct RegulationRemark {
        /// The remark in Russian.
        #[schema(min_length = 1, max_length = 1000)]
        pub text_ru: String,
        /// The remark in English.
        #[schema(min_length = 1, max_length = 1000)]
        pub text_en: String,
    }
}
