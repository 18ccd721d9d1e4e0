//! Whether a provider may train teachers.

crate::regulations::profile::vocabulary! {
    /// Whether a provider may train teachers on a day (право обучать педагогов).
    pub enum ProviderVerdict {
        /// It may.
        Eligible = "eligible",
        /// Before 1 September 2025 nobody was restricted (B1.8).
        NotRestricted = "not_restricted",
        /// Its founder is none of those the law names.
        FounderNotEligible = "founder_not_eligible",
        /// Nothing is known about its founder on that day.
        FounderUnknown = "founder_unknown",
        /// Its licence was suspended on that day.
        LicenceSuspended = "licence_suspended",
        /// None of its recorded licences was valid on that day.
        NoLicence = "no_licence",
    }
}
