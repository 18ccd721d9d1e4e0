//! The dossier of a route: six groups of papers, and those that hold nothing.

use super::super::dto::{RouteDossierDocument, RouteDossierGroupView, RouteDossierItem};
use super::super::model::Sources;
use super::super::words::Words;
use super::*;
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
            for act in sources.decided.iter().filter_map(|decided| decided.act.as_ref()) {
                let title = format!("{} № {}", words.say("Приказ", "Order"), act.number);
                let href = sources.request_id.map(|id| format!("/api/v1/approval-requests/{id}"));
                items.push(item(title, Some(act.date), href));
            }
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
                let state = match found.state.as_str() {
                    "open" => words.say("открыт", "open"),
                    "addressed" => words.say("в работе", "addressed"),
                    _ => words.say("закрыт", "closed"),
                };
                let title = format!("{}: {} ({state})", words.say("Дефицит", "Deficit"), found.title);
                item(title, Some(found.on), Some(format!("/api/v1/deficits/{}", found.id)))
            }));
            items.extend(sources.draft.evidence.iter().map(|it| item(it.text.clone(), it.dated_on, None)));
            items
        }
        DossierGroup::Route => {
            let title = format!("{} ({})", route.title, words.state(route.state));
            let mut items = vec![item(title, None, Some(format!("/api/v1/routes/{}", route.id)))];
            items.extend(sources.versions.iter().map(|version| {
                let href = format!("/api/v1/routes/{}/versions/{}", route.id, version.number);
                item(version_words(version, words), Some(version.on), Some(href))
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
