//! The norm of hours for somebody who teaches at some levels. Pure.

use super::hours::MixedLevelsChoice;
use super::validate::ValidProfile;
use crate::values::{EducationLevel, Hours};

/// The norm that applies and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredHours {
    /// Academic hours within the window.
    pub hours: Hours,
    /// The level whose norm it is.
    pub education_level: EducationLevel,
    /// Paragraph of the regulation.
    pub paragraph: Option<String>,
}

/// The norm for these levels; `None` when the regulation sets none for any of them.
pub fn required_hours(profile: &ValidProfile, levels: &[EducationLevel]) -> Option<RequiredHours> {
    let hours = &profile.hours;
    let choice = hours.mixed_levels.as_ref().map_or(MixedLevelsChoice::Highest, |rule| rule.choice);
    let norms = hours.norms.iter().filter(|norm| levels.contains(&norm.education_level));
    let norm = match choice {
        MixedLevelsChoice::Highest => norms.max_by_key(|norm| norm.hours),
        MixedLevelsChoice::Lowest => norms.min_by_key(|norm| norm.hours),
    }?;
    Some(RequiredHours {
        hours: norm.hours,
        education_level: norm.education_level,
        paragraph: norm.paragraph.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{parse_value, validate};
    use super::*;
    use EducationLevel::{Basic, Preschool, Primary};
    use serde_json::{Value, json};

    fn hours(mixed: Value, levels: &[EducationLevel]) -> Option<Hours> {
        let profile = parse_value(json!({"hours": {"mixed_levels": mixed, "norms": [
            {"education_level": "basic", "hours": 108},
            {"education_level": "primary", "hours": 72},
        ]}}));
        required_hours(&validate(&profile.unwrap()).unwrap(), levels).map(|norm| norm.hours)
    }

    #[test]
    fn each_level_has_its_norm_and_others_have_none() {
        assert_eq!(hours(Value::Null, &[Primary]), Some(Hours::whole(72)));
        assert_eq!(hours(Value::Null, &[Basic]), Some(Hours::whole(108)));
        assert_eq!(hours(Value::Null, &[Preschool]), None);
        assert_eq!(hours(Value::Null, &[]), None);
    }

    #[test]
    fn the_highest_norm_applies_at_several_levels_unless_the_regulation_says_otherwise() {
        let levels = [Primary, Preschool, Basic];
        assert_eq!(hours(Value::Null, &levels), Some(Hours::whole(108)));
        assert_eq!(hours(json!({"choice": "lowest"}), &levels), Some(Hours::whole(72)));
    }
}
