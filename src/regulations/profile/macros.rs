//! The three shapes a profile is made of. Macros, so that no rule can be written without its paragraph, no
//! document type without refusing unknown fields, and no vocabulary without its stable names.

/// A rule of a regulation: its own fields, then `paragraph` and `note`.
macro_rules! rules {
    ($( $(#[$meta:meta])* pub struct $name:ident { $($body:tt)* } )+) => { $(
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        $(#[$meta])*
        pub struct $name {
            $($body)*
            /// Paragraph of the regulation this rule comes from, as labelled in the source (пункт), e.g. `2.8`.
            #[serde(default)]
            #[schema(min_length = 1, max_length = 40)]
            #[serde(skip_serializing_if = "Option::is_none")]
            pub paragraph: Option<String>,
            /// A remark for readers: a default of ours, a doubt, a broken reference (примечание).
            #[serde(default)]
            #[schema(min_length = 1, max_length = 1000)]
            #[serde(skip_serializing_if = "Option::is_none")]
            pub note: Option<String>,
        }
    )+ };
}

/// A section of a profile: everything in it may be left out.
macro_rules! section {
    ($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* }) => {
        #[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields, default)]
        $(#[$meta])*
        pub struct $name { $($body)* }
    };
}

/// A closed set of names, each with its stable spelling in documents. The meaning of every value goes into the
/// description of the schema, where readers of OpenAPI find it.
macro_rules! vocabulary {
    ($(
        $(#[doc = $doc:tt])+
        $(#[derive($derive:ident)])?
        pub enum $name:ident { $(
            $(#[doc = $value_doc:tt])+
            $(#[default $($default:tt)?])?
            $variant:ident = $wire:tt,
        )+ }
    )+) => { $(
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            utoipa::ToSchema,
        )]
        $(#[derive($derive)])?
        $(#[doc = $doc])+
        #[schema(description = concat!($($doc,)+ "\n" $(, "\n- `", $wire, "`:" $(, $value_doc)+)+).trim_start())]
        pub enum $name {
            $( $(#[doc = $value_doc])+ $(#[default $($default)?])? #[serde(rename = $wire)] $variant, )+
        }

        impl $name {
            /// Every value, in the order of its definition.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The stable name used in profiles and the API.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $wire, )+ }
            }

            /// The value of that name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }
    )+ };
}

pub(crate) use vocabulary;
pub(super) use {rules, section};
