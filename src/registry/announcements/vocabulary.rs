//! Who is asked to acknowledge.

crate::regulations::profile::vocabulary! {
    /// Who is asked to acknowledge an announcement (кто знакомится).
    pub enum AnnouncementAudience {
        /// Each school (организации).
        Schools = "schools",
        /// Each employee of the schools (педагоги).
        Persons = "persons",
        /// The heads of methodical associations (руководители МО).
        AssociationHeads = "association_heads",
    }
}
