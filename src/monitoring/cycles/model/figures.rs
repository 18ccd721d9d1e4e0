//! What is counted in a stage.
//!
//! A figure is added in three places that the compiler ties together: here, under the code of its stage in
//! [`figures_of`]; in the `store::figures` of cycles, as one counting select; in the `dto` of cycles, as a value of
//! `MonitoringFigure`.

use crate::diagnostics::analytics::model::SMALLEST;

/// Something that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// Findings of pupils' assessment recorded for the place.
    Findings,
    /// Needs for training.
    Needs,
    /// People in those needs.
    NeededPeople,
    /// People with a result of diagnostics.
    DiagnosedPeople,
    /// Applications for training.
    Applications,
    /// People in those applications.
    AppliedPeople,
    /// Offerings that take place there.
    Offerings,
    /// Enrollments.
    Enrollments,
    /// Enrollments that were completed.
    CompletedEnrollments,
    /// Finished offerings in which learners made a product.
    ProductOfferings,
    /// Tasks at the workplace that were mastered.
    WorkplaceTasks,
    /// Deficits closed by repeat diagnostics.
    ClosedDeficits,
    /// Consultations after training and between courses.
    Consultations,
    /// Orders that schools handed up.
    SubmittedOrders,
    /// People in those orders.
    OrderedPeople,
    /// People whom the placed municipal order found a place for.
    PlacedPeople,
    /// Products begun.
    Products,
    /// Products defended.
    DefendedProducts,
    /// Products introduced.
    IntroducedProducts,
    /// Introduced products that the administration checked.
    CheckedProducts,
}

impl Figure {
    /// Every figure.
    pub const ALL: [Self; 20] = [
        Self::Findings,
        Self::Needs,
        Self::NeededPeople,
        Self::DiagnosedPeople,
        Self::Applications,
        Self::AppliedPeople,
        Self::Offerings,
        Self::Enrollments,
        Self::CompletedEnrollments,
        Self::ProductOfferings,
        Self::WorkplaceTasks,
        Self::ClosedDeficits,
        Self::Consultations,
        Self::SubmittedOrders,
        Self::OrderedPeople,
        Self::PlacedPeople,
        Self::Products,
        Self::DefendedProducts,
        Self::IntroducedProducts,
        Self::CheckedProducts,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Findings => "findings",
            Self::Needs => "needs",
            Self::NeededPeople => "needed_people",
            Self::DiagnosedPeople => "diagnosed_people",
            Self::Applications => "applications",
            Self::AppliedPeople => "applied_people",
            Self::Offerings => "offerings",
            Self::Enrollments => "enrollments",
            Self::CompletedEnrollments => "completed_enrollments",
            Self::ProductOfferings => "product_offerings",
            Self::WorkplaceTasks => "workplace_tasks",
            Self::ClosedDeficits => "closed_deficits",
            Self::Consultations => "consultations",
            Self::SubmittedOrders => "submitted_orders",
            Self::OrderedPeople => "ordered_people",
            Self::PlacedPeople => "placed_people",
            Self::Products => "products",
            Self::DefendedProducts => "defended_products",
            Self::IntroducedProducts => "introduced_products",
            Self::CheckedProducts => "checked_products",
        }
    }

    /// The figure of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.as_str() == name)
    }
}

/// Whose number decides whether a figure is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Crowd {
    /// Nobody's: places and documents are counted, or groups are left out where it is counted.
    Nobody,
    /// Of the staff of the place: any of them might have done it.
    Staff,
    /// Of those whom it might have been said of, who are counted with it.
    Own,
}

impl Figure {
    const fn crowd(self) -> Crowd {
        match self {
            Self::Findings
            | Self::Needs
            | Self::NeededPeople
            | Self::Applications
            | Self::AppliedPeople
            | Self::Offerings
            | Self::ProductOfferings
            | Self::SubmittedOrders
            | Self::OrderedPeople
            | Self::PlacedPeople
            | Self::ClosedDeficits => Crowd::Nobody,
            Self::Enrollments
            | Self::Consultations
            | Self::Products
            | Self::DefendedProducts
            | Self::IntroducedProducts
            | Self::CheckedProducts => Crowd::Staff,
            Self::DiagnosedPeople | Self::CompletedEnrollments | Self::WorkplaceTasks => Crowd::Own,
        }
    }
}

/// A number with the people behind it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counting {
    /// How many.
    pub count: i64,
    /// How many people stand behind it, where they are others than the staff.
    pub people: Option<i64>,
}

/// What was found at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Figures.
    pub figures: Vec<(Figure, Counting)>,
    /// Submissions by the place of their stage.
    pub submissions: Vec<(i32, i64)>,
    /// Who worked there.
    pub staff: i64,
}

impl Found {
    /// A figure; none when fewer than five people stand behind it. Whoever reads from above the place compares it with others
    /// in measures, and could take it from there.
    pub fn shown(&self, figure: Figure, from_above: bool) -> Option<i64> {
        let found = self.figures.iter().find(|(known, _)| *known == figure);
        let Counting { count, people } = found.map(|(_, counting)| *counting).unwrap_or_default();
        let is_small = |people: i64| (1..SMALLEST).contains(&people);
        let is_hidden = match figure.crowd() {
            Crowd::Nobody => false,
            Crowd::Staff => is_small(self.staff),
            Crowd::Own => from_above || is_small(people.unwrap_or_default()),
        };
        (!is_hidden).then_some(count)
    }
}

/// What is counted in a stage of that code; nothing in a stage of another name, which regulations are free to give.
pub fn figures_of(code: &str) -> &'static [Figure] {
    match code {
        "analysis" => &[Figure::Findings, Figure::Needs, Figure::NeededPeople, Figure::DiagnosedPeople],
        "delivery" => &[Figure::Applications, Figure::Enrollments, Figure::CompletedEnrollments],
        "post_course" => &[Figure::WorkplaceTasks, Figure::Consultations, Figure::ClosedDeficits],
        "forming_order" => {
            &[Figure::Needs, Figure::NeededPeople, Figure::SubmittedOrders, Figure::OrderedPeople]
        }
        "placing_order" => &[Figure::PlacedPeople, Figure::Applications, Figure::AppliedPeople],
        "giving_services" => &[Figure::Offerings, Figure::Enrollments, Figure::CompletedEnrollments],
        "making_product" => &[Figure::ProductOfferings, Figure::Products, Figure::DefendedProducts],
        "introducing" => &[
            Figure::IntroducedProducts,
            Figure::CheckedProducts,
            Figure::WorkplaceTasks,
            Figure::ClosedDeficits,
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regulations::presets::Preset;

    /// P2-12, P3-9: every stage and block that a regulation names has something that is counted in it.
    #[test]
    fn every_stage_of_the_regulations_is_counted() {
        for preset in ["p2-kostroma-oblast", "p3-georgievsk-municipality"] {
            let document = Preset::find(preset).unwrap().load().unwrap();
            let cycle = document.document().profile.monitoring.cycle.clone().unwrap();
            for stage in cycle.stages {
                assert!(!figures_of(&stage.code).is_empty(), "{}", stage.code);
            }
        }
    }

    #[test]
    fn figures_of_fewer_than_five_people_are_hidden() {
        let of = |count, people, staff| Found {
            figures: vec![
                (Figure::DiagnosedPeople, Counting { count, people: Some(people) }),
                (Figure::Products, Counting { count, people: None }),
                (Figure::Needs, Counting { count, people: None }),
            ],
            submissions: Vec::new(),
            staff,
        };
        let shown = |found: &Found, from_above| {
            [Figure::DiagnosedPeople, Figure::Products, Figure::Needs].map(|it| found.shown(it, from_above))
        };
        assert_eq!(shown(&of(1, 5, 5), false), [Some(1); 3]);
        assert_eq!(shown(&of(1, 4, 5), false), [None, Some(1), Some(1)]);
        assert_eq!(shown(&of(1, 5, 4), false), [Some(1), None, Some(1)]);
        assert_eq!(shown(&of(1, 5, 5), true), [None, Some(1), Some(1)]);
        assert_eq!(shown(&of(0, 0, 0), false), [Some(0); 3]);
    }

    #[test]
    fn names_are_those_of_figures() {
        assert!(Figure::ALL.into_iter().all(|figure| Figure::parse(figure.as_str()) == Some(figure)));
    }
}
