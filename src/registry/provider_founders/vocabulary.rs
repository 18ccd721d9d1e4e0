//! Who may stand behind a provider.

crate::regulations::profile::vocabulary! {
    /// Type of a provider's founder; all but `private` may train teachers since 1 September 2025 (B1.8).
    pub enum ProviderFounderType {
        /// The federation or a region (государственная организация).
        State = "state",
        /// A municipality.
        Municipal = "municipal",
        /// With a share of the state, a region or a municipality.
        PublicShare = "public_share",
        /// A state corporation or state company.
        StateCorporation = "state_corporation",
        /// On the territory of «Сириус», «Сколково» or an innovation centre.
        SpecialTerritory = "special_territory",
        /// An all-Russian sports federation; in its field only, which is not recorded.
        SportsFederation = "sports_federation",
        /// Anybody else.
        Private = "private",
    }
}
