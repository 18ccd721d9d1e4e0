//! Strict reading: unknown fields are refused, and every refusal says where.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::{Profile, RegulationDocument};

/// Why a document could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {detail}")]
pub struct ProfileParseError {
    /// JSON pointer (RFC 6901) to the place; empty for the document itself.
    pub pointer: String,
    /// What is wrong there, in English.
    pub detail: String,
}

/// A profile from JSON text.
pub fn parse(text: &str) -> Result<Profile, ProfileParseError> {
    parse_text(text)
}

/// A profile from a JSON value.
pub fn parse_value(value: Value) -> Result<Profile, ProfileParseError> {
    read(value)
}

/// A whole regulation from JSON text.
pub fn parse_document(text: &str) -> Result<RegulationDocument, ProfileParseError> {
    parse_text(text)
}

fn parse_text<T: DeserializeOwned>(text: &str) -> Result<T, ProfileParseError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let parsed = read(&mut reader)?;
    // Something after the closing brace means that the text is not the document its author believes it to be.
    reader.end().map_err(|error| ProfileParseError { pointer: String::new(), detail: error.to_string() })?;
    Ok(parsed)
}

fn read<'de, T: DeserializeOwned, D>(reader: D) -> Result<T, ProfileParseError>
where
    D: serde::Deserializer<'de>,
    D::Error: std::fmt::Display,
{
    serde_path_to_error::deserialize(reader).map_err(|error| ProfileParseError {
        pointer: pointer(error.path()),
        detail: error.inner().to_string(),
    })
}

fn pointer(path: &Path) -> String {
    let mut text = String::new();
    for segment in path {
        text.push('/');
        match segment {
            Segment::Seq { index } => text.push_str(&index.to_string()),
            Segment::Map { key } => text.push_str(&escape(key)),
            Segment::Enum { variant } => text.push_str(&escape(variant)),
            Segment::Unknown => text.push('?'),
        }
    }
    text
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(value: Value) -> ProfileParseError {
        parse_value(value).unwrap_err()
    }

    #[test]
    fn an_empty_profile_demands_nothing() {
        assert_eq!(parse("{}"), Ok(Profile::default()));
    }

    #[test]
    fn an_unknown_field_is_refused_where_it_stands() {
        let error = refused(json!({"route": {"term": {"min_months": 2, "maximum": 3}}}));
        assert_eq!(error.pointer, "/route/term/maximum");
        assert!(error.detail.contains("unknown field"), "{}", error.detail);
    }

    #[test]
    fn an_unknown_section_and_an_unknown_subject_are_refused() {
        assert_eq!(refused(json!({"approval": {}})).pointer, "/approval");
        assert_eq!(refused(json!({"chains": {"diploma": {"steps": []}}})).pointer, "/chains/diploma");
    }

    #[test]
    fn a_name_outside_a_closed_set_is_refused_deep_inside_a_list() {
        let step = json!({"key": "a", "kind": "sign", "actor": {"relation": "learner"}});
        let error = refused(json!({"chains": {"route": {"steps": [step]}}}));
        assert_eq!(error.pointer, "/chains/route/steps/0/kind");
    }

    #[test]
    fn a_third_of_an_hour_is_refused() {
        let norms = json!([{"education_level": "primary", "hours": 72.3}]);
        assert_eq!(refused(json!({"hours": {"norms": norms}})).pointer, "/hours/norms/0/hours");
    }

    #[test]
    fn text_after_the_document_is_refused() {
        assert!(parse("{} {}").is_err());
        assert!(parse("{").is_err());
    }
}
