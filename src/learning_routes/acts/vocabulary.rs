//! What administrative acts are about.

crate::regulations::profile::vocabulary! {
    /// Kind of an administrative act (вид акта).
    pub enum ActKind {
        /// Sets up a working group for its programs (приказ о группе разработчиков, P1-20).
        GroupAppointment = "group_appointment",
        /// Sets the rules of work (регламент работы, P1-22).
        WorkRegulation = "work_regulation",
        /// A job description (должностная инструкция, P1-6).
        JobDescription = "job_description",
        /// Approves routes (приказ об утверждении).
        RouteApproval = "route_approval",
        /// Anything else (другое).
        Other = "other",
    }
}
