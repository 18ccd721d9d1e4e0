//! Where products stand.

crate::regulations::profile::vocabulary! {
    /// Where a product stands (состояние продукта).
    pub enum ProductState {
        /// It is being made.
        Draft = "draft",
        /// A commission accepted it (защищён).
        Defended = "defended",
        /// It is used in lessons (внедрён).
        Introduced = "introduced",
    }

    /// How a defence ended (результат защиты).
    pub enum DefenceResult {
        /// The commission accepted the product.
        Passed = "passed",
        /// It did not; the product stays a draft and may be defended again.
        NotPassed = "not_passed",
    }
}
