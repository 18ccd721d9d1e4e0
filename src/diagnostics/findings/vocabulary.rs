//! The assessments that findings come from.

crate::regulations::profile::vocabulary! {
    /// The assessment a finding comes from (источник).
    pub enum OutcomeSource {
        /// National pupil tests (ВПР).
        Vpr = "vpr",
        /// State final exams (ГИА).
        Gia = "gia",
        /// Regional assessment of quality (региональная оценка качества).
        Regional = "regional",
        /// National studies (национальные исследования).
        National = "national",
    }
}
