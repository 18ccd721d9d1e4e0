//! What those who accompany a route do.

crate::regulations::profile::vocabulary! {
    /// Kind of support of a route (вид сопровождения).
    pub enum SupportKind {
        /// Finding achievements and difficulties (выявление достижений и затруднений).
        Diagnosis = "diagnosis",
        /// Help in designing the route (помощь в проектировании).
        DesignHelp = "design_help",
        /// Help in describing experience (описание опыта).
        ExperienceDescription = "experience_description",
        /// Organizing reflection (организация рефлексии).
        Reflection = "reflection",
        /// A contact with the learner (контакт с педагогом).
        Contact = "contact",
        /// A consultation (консультация).
        Consultation = "consultation",
    }
}
