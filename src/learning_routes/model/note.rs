//! What a route is for, in words.

use crate::regulations::profile::{RouteField, RouteNoteField};
use crate::values::Hours;

/// The explanatory note and the context of a route (пояснительная записка).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// Goal.
    pub goal: Option<String>,
    /// Expected final result.
    pub expected_result: Option<String>,
    /// Form of the final report.
    pub report_form: Option<String>,
    /// Form of realisation.
    pub study_form: Option<String>,
    /// Description of the content.
    pub content: Option<String>,
    /// Technologies.
    pub technologies: Option<String>,
    /// Pace.
    pub pace: Option<String>,
    /// Total time as stated.
    pub total_hours: Option<Hours>,
    /// Personal resources of the learner.
    pub personal_resources: Option<String>,
    /// Context of the school.
    pub school_context: Option<String>,
    /// Individual priorities of development.
    pub priorities: Option<String>,
    /// Needs of the learner.
    pub needs: Option<String>,
    /// Directions or problems of the training.
    pub directions: Option<String>,
    /// Explanatory note: general aim.
    pub general_aim: Option<String>,
    /// Explanatory note: difficulties and needs.
    pub difficulties: Option<String>,
    /// Explanatory note: goals of learning.
    pub goals: Option<String>,
    /// Explanatory note: tasks.
    pub tasks: Option<String>,
    /// Expected product of the training.
    pub expected_product: Option<String>,
}

impl Note {
    /// Whether a field of the explanatory note is filled.
    pub fn has_note_field(&self, field: RouteNoteField) -> bool {
        is_filled(match field {
            RouteNoteField::GeneralAim => &self.general_aim,
            RouteNoteField::DifficultiesAndNeeds => &self.difficulties,
            RouteNoteField::Goals => &self.goals,
            RouteNoteField::Tasks => &self.tasks,
        })
    }

    /// Whether a field that stands in the note is filled; `None` for what does not stand there.
    pub fn has_field(&self, field: RouteField) -> Option<bool> {
        let text = match field {
            RouteField::Goal => &self.goal,
            RouteField::ExpectedResults => &self.expected_result,
            RouteField::StudyForm => &self.study_form,
            RouteField::Priorities => &self.priorities,
            RouteField::Needs => &self.needs,
            RouteField::Directions => &self.directions,
            RouteField::Content => &self.content,
            RouteField::Technologies => &self.technologies,
            RouteField::Pace => &self.pace,
            RouteField::PersonalResources => &self.personal_resources,
            RouteField::SchoolContext => &self.school_context,
            RouteField::TotalHours => return Some(self.total_hours.is_some_and(Hours::is_positive)),
            RouteField::Dates | RouteField::Deficits => return None,
        };
        Some(is_filled(text))
    }
}

fn is_filled(text: &Option<String>) -> bool {
    text.as_deref().is_some_and(|text| !crate::values::text::is_blank(text))
}
