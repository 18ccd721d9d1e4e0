//! What consultations are about.

crate::regulations::profile::vocabulary! {
    /// Kind of a consultation (вид консультации).
    pub enum ConsultationKind {
        /// Consultative and methodical support (консультативно-методическая поддержка, P4-18).
        Methodical = "methodical",
        /// Help to institutions and teachers who act as suppliers (P3-31).
        SupplierSupport = "supplier_support",
        /// On keeping the card (ведение карты, P3-32).
        CardKeeping = "card_keeping",
        /// On drafting a route with regard to the difficulties found (разработка программы, P1-49).
        RouteDrafting = "route_drafting",
    }
}
