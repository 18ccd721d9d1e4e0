//! What is counted in a stage.
//!
//! A figure is added in three places that the compiler ties together: here, under the code of its stage in
//! [`figures_of`]; in the `store::figures` of cycles, as one counting select; in the `dto` of cycles, as a value of
//! `MonitoringFigure`.

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
    fn names_are_those_of_figures() {
        assert!(Figure::ALL.into_iter().all(|figure| Figure::parse(figure.as_str()) == Some(figure)));
    }
}
