//! Use cases of priority directions.

mod figures;
mod links;
mod lists;

pub use figures::{DraftAsked, draft_direction_list};
pub use links::{
    ShownDirection, approved_program_ids, get_priority_direction, is_approved, list_priority_directions,
    list_programs_without_direction, set_direction_programs,
};
pub use lists::{
    ShownList, approve_direction_list, create_direction_list, get_direction_list, list_direction_lists,
    update_direction_list,
};
