//! Which providers may train teachers: since 1 September 2025 by their founders (federal facts B1.8, B1.9), and on
//! every day by their licences.

use chrono::NaiveDate;

use super::federal::PROVIDERS_RESTRICTED_FROM;
use crate::values::period::next_day;

/// Who stands behind a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FounderType {
    /// A state organization, federal or regional.
    State,
    /// A municipal organization.
    Municipal,
    /// Founded by, or with a share of, the state, a region or a municipality.
    PublicShare,
    /// Founded by a state corporation or state company.
    StateCorporation,
    /// On the territory of «Сириус», «Сколково» or an innovation centre.
    SpecialTerritory,
    /// An all-Russian sports federation; eligible in its own field only.
    SportsFederation,
    /// Anybody else.
    Private,
}

impl FounderType {
    /// Every type.
    pub const ALL: [Self; 7] = [
        Self::State,
        Self::Municipal,
        Self::PublicShare,
        Self::StateCorporation,
        Self::SpecialTerritory,
        Self::SportsFederation,
        Self::Private,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Municipal => "municipal",
            Self::PublicShare => "public_share",
            Self::StateCorporation => "state_corporation",
            Self::SpecialTerritory => "special_territory",
            Self::SportsFederation => "sports_federation",
            Self::Private => "private",
        }
    }

    /// The type of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|founder| founder.as_str() == name)
    }

    const fn is_eligible(self, own_field: bool) -> bool {
        match self {
            Self::State
            | Self::Municipal
            | Self::PublicShare
            | Self::StateCorporation
            | Self::SpecialTerritory => true,
            Self::SportsFederation => own_field,
            Self::Private => false,
        }
    }
}

/// A founder and the days it was one, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FounderSpan {
    /// Who.
    pub founder: FounderType,
    /// The first day; `None` when it has always been so.
    pub from: Option<NaiveDate>,
    /// The last day; `None` while it lasts.
    pub until: Option<NaiveDate>,
}

impl FounderSpan {
    fn covers(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }
}

/// Days on which a licence was suspended, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Suspension {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; `None` while it lasts.
    pub until: Option<NaiveDate>,
}

impl Suspension {
    /// Whether the day is one of them.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// The days of a licence, both included.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LicenceSpan {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; `None` while it lasts.
    pub until: Option<NaiveDate>,
    /// The days it was suspended.
    pub suspensions: Vec<Suspension>,
}

impl LicenceSpan {
    fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    fn is_suspended_on(&self, day: NaiveDate) -> bool {
        self.suspensions.iter().any(|days| days.covers(day))
    }

    /// The days on which it may cease to hold: after its end, and when a suspension begins.
    fn breaks(&self) -> impl Iterator<Item = NaiveDate> {
        self.until.map(next_day).into_iter().chain(self.suspensions.iter().map(|days| days.from))
    }
}

/// What is known about the provider of a training.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProviderFacts {
    /// Its founders with their dates; several may hold at once, and one eligible founder is enough.
    pub founders: Vec<FounderSpan>,
    /// `true` when the training lies in the field of a sports federation.
    pub sports_field: bool,
    /// Its recorded licences; nothing is concluded from there being none.
    pub licences: Vec<LicenceSpan>,
}

/// The verdict on a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Eligibility {
    /// The training began before the restriction.
    NotRestricted,
    /// The provider may train teachers.
    Eligible,
    /// It may not.
    Ineligible,
    /// Nothing is known about its founders on that day.
    Unknown,
    /// Its licence was suspended.
    Suspended {
        /// The first day of the training on which it was.
        on: NaiveDate,
    },
    /// None of its recorded licences was valid.
    Unlicensed {
        /// The first day of the training without one.
        on: NaiveDate,
    },
}

impl ProviderFacts {
    /// The verdict for training from the first to the last of these days: the licence must hold on each of them, the
    /// founder of the first day decides.
    pub fn eligibility_during(&self, first: NaiveDate, last: NaiveDate) -> Eligibility {
        self.without_licence(first, last).unwrap_or_else(|| self.eligibility(first))
    }

    /// The first of these days on which no recorded licence holds. It holds on until one of its breaks, so only the
    /// first day and the breaks are looked at.
    fn without_licence(&self, first: NaiveDate, last: NaiveDate) -> Option<Eligibility> {
        if self.licences.is_empty() {
            return None;
        }
        let breaks = self.licences.iter().flat_map(LicenceSpan::breaks);
        let days = breaks.filter(|day| (first..=last).contains(day)).chain([first]);
        let holds = |day: &NaiveDate| {
            self.licences.iter().any(|licence| licence.is_valid_on(*day) && !licence.is_suspended_on(*day))
        };
        let on = days.filter(|day| !holds(day)).min()?;
        let suspended = self.licences.iter().any(|licence| licence.is_valid_on(on));
        Some(if suspended { Eligibility::Suspended { on } } else { Eligibility::Unlicensed { on } })
    }

    /// The verdict for training that began on that day; people enrolled before the restriction keep theirs.
    pub fn eligibility(&self, started_on: NaiveDate) -> Eligibility {
        if PROVIDERS_RESTRICTED_FROM.is_some_and(|from| started_on < from) {
            return Eligibility::NotRestricted;
        }
        let mut founders = self.founders.iter().filter(|span| span.covers(started_on)).peekable();
        if founders.peek().is_none() {
            return Eligibility::Unknown;
        }
        if founders.any(|span| span.founder.is_eligible(self.sports_field)) {
            Eligibility::Eligible
        } else {
            Eligibility::Ineligible
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn provider(founder: FounderType) -> ProviderFacts {
        ProviderFacts {
            founders: vec![FounderSpan { founder, from: None, until: None }],
            ..ProviderFacts::default()
        }
    }

    /// B1.9: hours earned while the licence was suspended do not count, those before and after do.
    #[test]
    fn the_licence_holds_on_every_day_of_the_training() {
        let mut provider = provider(FounderType::State);
        assert_eq!(provider.eligibility_during(day("2026-01-01"), day("2026-03-01")), Eligibility::Eligible);
        let suspensions = vec![Suspension { from: day("2026-02-01"), until: Some(day("2026-02-10")) }];
        let licence = |from: &str, until: Option<&str>, suspensions| LicenceSpan {
            from: day(from),
            until: until.map(day),
            suspensions,
        };
        let old = licence("2020-01-01", Some("2026-05-31"), suspensions);
        provider.licences = vec![old, licence("2026-06-01", None, Vec::new())];
        let during = |first, last| provider.eligibility_during(day(first), day(last));
        assert_eq!(during("2026-01-20", "2026-01-31"), Eligibility::Eligible);
        assert_eq!(during("2026-01-20", "2026-02-01"), Eligibility::Suspended { on: day("2026-02-01") });
        assert_eq!(during("2026-02-10", "2026-02-20"), Eligibility::Suspended { on: day("2026-02-10") });
        assert_eq!(
            during("2026-02-11", "2026-06-30"),
            Eligibility::Eligible,
            "one licence follows the other"
        );
        assert_eq!(during("2019-12-31", "2020-01-31"), Eligibility::Unlicensed { on: day("2019-12-31") });
    }

    /// B1.8: only from 1 September 2025, by the day the training began.
    #[test]
    fn a_private_provider_is_ineligible_from_september_2025() {
        let private = provider(FounderType::Private);
        assert_eq!(private.eligibility(day("2025-08-31")), Eligibility::NotRestricted);
        assert_eq!(private.eligibility(day("2025-09-01")), Eligibility::Ineligible);
    }

    /// B1.8
    #[test]
    fn public_founders_and_special_territories_are_eligible() {
        for founder in FounderType::ALL {
            let public = !matches!(founder, FounderType::Private | FounderType::SportsFederation);
            let expected = if public { Eligibility::Eligible } else { Eligibility::Ineligible };
            assert_eq!(provider(founder).eligibility(day("2026-01-15")), expected, "{founder:?}");
        }
    }

    /// B1.8: in its field.
    #[test]
    fn a_sports_federation_is_eligible_in_its_field() {
        let federation = ProviderFacts { sports_field: true, ..provider(FounderType::SportsFederation) };
        assert_eq!(federation.eligibility(day("2026-01-15")), Eligibility::Eligible);
    }

    /// B1.9: founders have validity dates.
    #[test]
    fn the_founder_of_the_day_decides() {
        let span = |founder, from: &str, until: Option<&str>| FounderSpan {
            founder,
            from: Some(day(from)),
            until: until.map(day),
        };
        let sold = ProviderFacts {
            founders: vec![
                span(FounderType::Municipal, "2010-01-01", Some("2025-12-31")),
                span(FounderType::Private, "2026-01-01", None),
            ],
            ..ProviderFacts::default()
        };
        assert_eq!(sold.eligibility(day("2025-12-31")), Eligibility::Eligible);
        assert_eq!(sold.eligibility(day("2026-01-01")), Eligibility::Ineligible);
        assert_eq!(ProviderFacts::default().eligibility(day("2026-01-01")), Eligibility::Unknown);
    }
}
