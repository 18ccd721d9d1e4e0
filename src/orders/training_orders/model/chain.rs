//! The way of a line from persons and deficits up to the state assignment, and what the assignment has to bear.

use uuid::Uuid;

use super::LineOrigin;
use crate::regulations::profile::OrderLevel;

/// A line above another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineStep {
    /// The line.
    pub line_id: Uuid,
    /// Its order.
    pub order_id: Uuid,
    /// Whose order that is.
    pub organization_id: Uuid,
    /// The level.
    pub level: OrderLevel,
    /// The line of the state assignment it is paid from.
    pub assignment_id: Option<Uuid>,
}

/// A line that nothing was added up into, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineSource {
    /// The line.
    pub line_id: Uuid,
    /// Its order.
    pub order_id: Uuid,
    /// Whose order that is.
    pub organization_id: Uuid,
    /// Where the line comes from.
    pub origin: LineOrigin,
    /// How many people.
    pub people: i64,
    /// Academic hours of all of them together, in halves.
    pub half_hours: i32,
    /// Who is to learn.
    pub person_id: Option<Uuid>,
    /// The need.
    pub need_id: Option<Uuid>,
    /// The activity of a route.
    pub activity_id: Option<Uuid>,
    /// The deficits behind it.
    pub deficit_ids: Vec<Uuid>,
}

/// What a line of the state assignment has to bear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentLoad {
    /// The line of the assignment.
    pub assignment_id: Uuid,
    /// How many people it is for.
    pub planned_people: i64,
    /// How many hours it is for, in halves.
    pub planned_half_hours: i64,
    /// How many people are ordered.
    pub people: i64,
    /// How many hours are ordered, in halves.
    pub half_hours: i64,
    /// What is ordered, in words.
    pub topics: String,
}

impl AssignmentLoad {
    /// Whether more is ordered than assigned.
    pub const fn is_above(&self) -> bool {
        self.people > self.planned_people || self.half_hours > self.planned_half_hours
    }

    /// Hours ordered, rounded up.
    pub const fn hours(&self) -> i64 {
        (self.half_hours + 1) / 2
    }

    /// People and whole hours that are left; below zero what is too much.
    pub const fn rest(&self) -> (i64, i64) {
        (self.planned_people - self.people, (self.planned_half_hours - self.half_hours).div_euclid(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(people: i64, half_hours: i64) -> AssignmentLoad {
        let topics = String::new();
        AssignmentLoad {
            assignment_id: Uuid::nil(),
            planned_people: 10,
            planned_half_hours: 320,
            people,
            half_hours,
            topics,
        }
    }

    /// P2-24: exactly what is assigned may be ordered, and half an hour more may not.
    #[test]
    fn the_assignment_bears_what_it_names_and_no_half_hour_more() {
        assert!(!load(10, 320).is_above());
        assert!(load(11, 320).is_above());
        assert!(load(10, 321).is_above());
        assert_eq!((load(12, 321).rest(), load(12, 321).hours()), ((-2, -1), 161));
    }
}
