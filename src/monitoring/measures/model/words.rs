//! What the keys of measures are called.

use super::Measure;
use crate::error::Text;

/// The name of a key that is no code of the data: a state, a source.
pub fn key_title(measure: Measure, key: &str) -> Option<Text> {
    match measure {
        Measure::RoutesByState => route_state(key),
        Measure::ProductsByState => product_state(key),
        Measure::Spending => source(key),
        _ => None,
    }
}

fn route_state(key: &str) -> Option<Text> {
    Some(match key {
        "preparation" => Text::new("Готовится", "In preparation"),
        "approved" => Text::new("Утверждён", "Approved"),
        "active" => Text::new("Действует", "In force"),
        "completed" => Text::new("Выполнен", "Completed"),
        "closed_incomplete" => Text::new("Не выполнен", "Closed incomplete"),
        _ => return None,
    })
}

fn product_state(key: &str) -> Option<Text> {
    Some(match key {
        "draft" => Text::new("Разрабатывается", "In the making"),
        "defended" => Text::new("Защищён", "Defended"),
        "introduced" => Text::new("Внедрён", "Introduced"),
        _ => return None,
    })
}

fn source(key: &str) -> Option<Text> {
    Some(match key {
        "municipal" => Text::new("Муниципальные средства", "Municipal funds"),
        "off_budget" => Text::new("Внебюджетные средства", "Off-budget funds"),
        "own" => Text::new("Собственные средства работника", "The employee"),
        "grant" => Text::new("Грант", "A grant"),
        "state_assignment" => Text::new("Государственное задание", "The state assignment"),
        "voucher" => Text::new("Образовательный чек", "A training voucher"),
        "other" => Text::new("Иной источник", "Another source"),
        "contracts" => Text::new("Договоры (из любых источников)", "Contracts (whatever pays)"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regulations::profile::FundingSource;

    #[test]
    fn every_source_of_money_has_a_name() {
        for source in FundingSource::ALL {
            assert!(key_title(Measure::Spending, source.as_str()).is_some(), "{}", source.as_str());
        }
        assert!(key_title(Measure::DeficitsOpen, "B").is_none());
    }
}
