//! The dossier of a route: six groups of papers, and those that hold nothing.

use super::super::dto::{RouteDossierDocument, RouteDossierGroupView, RouteDossierItem};
use super::super::model::{Control, Sources};
use super::super::words::Words;
use super::{day, head, paper_name, quoted, version_words};
use crate::approvals::model::Act;
use crate::regulations::profile::DossierGroup;

/// Every group, whatever the regulation demands.
const GROUPS: [DossierGroup; 6] = [
    DossierGroup::Acts,
    DossierGroup::Diagnosis,
    DossierGroup::Route,
    DossierGroup::ControlPlan,
    DossierGroup::Reports,
    DossierGroup::Portfolio,
];

/// The documents about a route, by their groups; those that are not there are named.
pub fn dossier(sources: &Sources, words: Words) -> RouteDossierDocument {
    let rule = sources.regulation.profile.route.content.dossier.as_ref();
    let group = |group: DossierGroup| {
        let items = items(sources, words, group);
        RouteDossierGroupView {
            group,
            title: words.group(group),
            missing: items.is_empty(),
            required: rule.is_some_and(|rule| rule.groups.contains(&group)),
            items,
        }
    };
    let groups: Vec<RouteDossierGroupView> = GROUPS.into_iter().map(group).collect();
    let missing = groups.iter().filter(|group| group.missing).map(|group| group.group);
    RouteDossierDocument { head: head(sources, words), missing: missing.collect(), groups }
}

fn items(sources: &Sources, words: Words, group: DossierGroup) -> Vec<RouteDossierItem> {
    let route = &sources.draft.route;
    let item = |title: String, dated_on, href: Option<String>| RouteDossierItem { title, dated_on, href };
    match group {
        DossierGroup::Acts => {
            let href = format!("/api/v1/regulations/{}", sources.regulation.id);
            let mut items = vec![item(sources.regulation.title.clone(), None, Some(href))];
            items.extend(sources.acts.iter().map(|act| {
                item(paper_name(act), act.on, Some(format!("/api/v1/administrative-acts/{}", act.id)))
            }));
            let order = |act: &Act, what: String, href: String| {
                item(
                    format!("{} № {} {what}", words.say("Приказ", "Order"), act.number),
                    Some(act.date),
                    Some(href),
                )
            };
            items.extend(sources.decided.iter().filter_map(|decided| {
                let href = format!("/api/v1/approval-requests/{}", decided.request_id);
                let what = words.say("об утверждении маршрута", "that approves the route");
                Some(order(decided.act.as_ref()?, what, href))
            }));
            items.extend(sources.cards.iter().filter_map(|card| {
                let href = format!("/api/v1/route-cards/{}", card.id);
                let what = words.say("об утверждении карты", "that approves the card");
                Some(order(card.act.as_ref()?, what, href))
            }));
            items
        }
        DossierGroup::Diagnosis => {
            let mut items: Vec<RouteDossierItem> = Vec::new();
            items.extend(sources.results.iter().map(|result| {
                item(
                    result.title.clone(),
                    result.on,
                    Some(format!("/api/v1/diagnostic-results/{}", result.id)),
                )
            }));
            items.extend(sources.difficulties.iter().map(|found| {
                let state = words.deficit_state(found.state);
                let title = format!("{}: {} ({state})", words.say("Дефицит", "Deficit"), found.title);
                item(title, Some(found.on), Some(format!("/api/v1/deficits/{}", found.id)))
            }));
            items.extend(sources.needs.iter().map(|need| {
                let title = format!("{}: {}", words.say("Потребность", "Need"), need.title);
                item(title, need.on, Some(format!("/api/v1/needs/{}", need.id)))
            }));
            items.extend(sources.draft.evidence.iter().map(|it| item(it.text.clone(), it.dated_on, None)));
            items
        }
        DossierGroup::Route => {
            let title = format!("{} ({})", quoted(&route.title, words), words.state(route.state));
            let title = format!("{} {title}", head(sources, words).kind_title);
            let mut items = vec![item(title, None, Some(format!("/api/v1/routes/{}", route.id)))];
            items.extend(sources.versions.iter().map(|version| {
                let href = format!("/api/v1/routes/{}/versions/{}", route.id, version.number);
                item(version_words(version, words), Some(version.on), Some(href))
            }));
            items.extend(sources.cards.iter().map(|card| {
                let title = words.say("Карта повышения квалификации", "Professional development card");
                let state = if card.outdated {
                    words
                        .say("утверждена, маршрут с тех пор изменён", "approved, the route has changed since")
                } else {
                    words.say("утверждена", "approved")
                };
                let on = card.act.as_ref().map_or(card.submitted_on, |act| act.date);
                let href = format!("/api/v1/route-cards/{}", card.id);
                item(format!("{title} № {} ({state})", card.number), Some(on), Some(href))
            }));
            items
        }
        DossierGroup::ControlPlan => sources
            .controls
            .iter()
            .map(|control| {
                let href = format!("/api/v1/routes/{}/controls", route.id);
                item(control_words(control, words), Some(control.planned_on), Some(href))
            })
            .collect(),
        DossierGroup::Reports => {
            let mut items: Vec<RouteDossierItem> = Vec::new();
            items.extend(sources.reports.iter().map(|report| {
                let title = format!(
                    "{}: {} ({})",
                    words.say("Отчёт по этапу", "Report on the stage"),
                    report.title,
                    report.form
                );
                let href = format!("/api/v1/routes/{}/stages/{}/report", route.id, report.stage_id);
                item(title, Some(report.on), Some(href))
            }));
            items.extend(sources.heard.iter().map(|heard| {
                let what = words.say("Результаты заслушаны", "Results were heard");
                let mut title = format!("{what}: {}", words.of(&heard.council));
                if let Some(number) = &heard.protocol_number {
                    title = format!("{title}, {} № {number}", words.say("протокол", "minutes"));
                }
                item(title, Some(heard.on), Some(format!("/api/v1/routes/{}/hearings", route.id)))
            }));
            items.extend(sources.growth_cards.iter().map(|(period, on)| {
                let title = format!(
                    "{} {}",
                    words.say("Карта роста за период с", "Growth card of the period from"),
                    day(*period)
                );
                let href =
                    format!("/api/v1/routes/{}/growth-cards/{}", route.id, chrono::Datelike::year(period));
                item(title, Some(*on), Some(href))
            }));
            items
        }
        DossierGroup::Portfolio => sources
            .papers
            .iter()
            .map(|paper| item(paper_name(paper), paper.on, Some(format!("/api/v1/credentials/{}", paper.id))))
            .collect(),
    }
}

/// What is planned, and what was found.
fn control_words(control: &Control, words: Words) -> String {
    let what = format!("{}: {}", words.control(control.kind), words.object(control.object));
    match (&control.finding, control.done_on) {
        (Some(finding), Some(on)) => {
            format!("{what}. {} {}: {finding}", words.say("Проведён", "Done"), day(on))
        }
        _ => what,
    }
}
