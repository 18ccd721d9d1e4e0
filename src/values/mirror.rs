//! Enums that travel and enums that rules work with have the same variants: this writes the conversions.

/// `mirror!(Dto => Model { A, B })` converts both ways; a missing variant does not compile.
macro_rules! mirror {
    ($dto:ident => $model:ident { $($variant:ident),+ $(,)? }) => {
        impl From<$dto> for $model {
            fn from(value: $dto) -> Self { match value { $( $dto::$variant => Self::$variant, )+ } }
        }
        impl From<$model> for $dto {
            fn from(value: $model) -> Self { match value { $( $model::$variant => Self::$variant, )+ } }
        }
    };
}
pub(crate) use mirror;
