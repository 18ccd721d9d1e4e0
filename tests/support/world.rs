//! A small world for tests: two regions, their organizations, and one person or service for each role.
//!
//! Altai lives under P4 (region), the Chelyabinsk school under P0. Ids are made from the numbers in the tables.

use std::fmt::Write;

use rost::authz::{Level, Role};
use rost::regulations::presets::Preset;
use uuid::Uuid;

pub struct Organization {
    pub name: &'static str,
    number: u32,
    pub region: &'static str,
    pub municipality: Option<&'static str>,
    parent: Option<&'static str>,
    kind: &'static str,
}

const fn org(
    name: &'static str,
    number: u32,
    region: &'static str,
    municipality: Option<&'static str>,
    parent: Option<&'static str>,
    kind: &'static str,
) -> Organization {
    Organization { name, number, region, municipality, parent, kind }
}

pub const REGIONS: [(&str, u32, &str); 2] =
    [("altai", 1, "Asia/Barnaul"), ("chelyabinsk", 2, "Asia/Yekaterinburg")];

pub const ORGANIZATIONS: [Organization; 18] = [
    org("altai_ministry", 101, "altai", None, None, "ministry"),
    org("barnaul", 102, "altai", Some("barnaul"), Some("altai_ministry"), "municipal_authority"),
    org("biysk", 103, "altai", Some("biysk"), Some("altai_ministry"), "municipal_authority"),
    org("barnaul_center", 104, "altai", Some("barnaul"), Some("barnaul"), "municipal_center"),
    org("school_1", 105, "altai", Some("barnaul"), Some("barnaul"), "school"),
    org("school_2", 106, "altai", Some("barnaul"), Some("barnaul"), "school"),
    org("school_3", 107, "altai", Some("biysk"), Some("biysk"), "school"),
    org("state_school", 108, "altai", None, Some("altai_ministry"), "school"),
    org("provider_x", 109, "altai", None, Some("altai_ministry"), "provider"),
    org("provider_y", 110, "altai", None, Some("altai_ministry"), "provider"),
    org("coordinator", 111, "altai", None, Some("altai_ministry"), "regional_coordinator"),
    org("quality_center", 112, "altai", None, Some("altai_ministry"), "quality_center"),
    org("operator", 113, "altai", None, Some("altai_ministry"), "regional_operator"),
    org("chel_ministry", 201, "chelyabinsk", None, None, "ministry"),
    org("chel_city", 202, "chelyabinsk", Some("chel_city"), Some("chel_ministry"), "municipal_authority"),
    org("chel_school", 205, "chelyabinsk", Some("chel_city"), Some("chel_city"), "school"),
    org("chel_school_2", 206, "chelyabinsk", Some("chel_city"), Some("chel_city"), "school"),
    org("chel_provider", 209, "chelyabinsk", None, Some("chel_ministry"), "provider"),
];

/// A person or service with one role (and `teacher` beside it, if employed by a school).
pub struct Persona {
    pub name: &'static str,
    number: u32,
    pub role: Role,
    level: Level,
    pub organization: Option<&'static str>,
    levels: &'static [&'static str],
}

const fn who(
    name: &'static str,
    number: u32,
    role: Role,
    level: Level,
    organization: &'static str,
    levels: &'static [&'static str],
) -> Persona {
    Persona { name, number, role, level, organization: Some(organization), levels }
}

pub const PERSONAS: [Persona; 33] = [
    who("teacher", 1, Role::Teacher, Level::Person, "school_1", &["primary"]),
    who("teacher_2", 2, Role::Teacher, Level::Person, "school_1", &["basic"]),
    who("association_head", 3, Role::AssociationHead, Level::School, "school_1", &["primary"]),
    who("deputy", 4, Role::DeputyDirector, Level::School, "school_1", &["basic"]),
    who("director", 5, Role::Director, Level::School, "school_1", &[]),
    who("curator", 6, Role::ProgramCurator, Level::School, "school_1", &["basic"]),
    who("school_2_teacher", 7, Role::Teacher, Level::Person, "school_2", &["basic"]),
    who("school_2_director", 8, Role::Director, Level::School, "school_2", &[]),
    who("school_3_teacher", 9, Role::Teacher, Level::Person, "school_3", &["basic"]),
    who("school_3_director", 10, Role::Director, Level::School, "school_3", &[]),
    who("municipal_officer", 11, Role::MunicipalOfficer, Level::Municipality, "barnaul", &[]),
    who("biysk_officer", 12, Role::MunicipalOfficer, Level::Municipality, "biysk", &[]),
    who("methodist", 13, Role::MunicipalMethodist, Level::Municipality, "barnaul_center", &[]),
    who("ministry", 14, Role::MinistryOfficer, Level::Region, "altai_ministry", &[]),
    who("coordinator", 15, Role::RegionalCoordinator, Level::Region, "coordinator", &[]),
    who("operator", 16, Role::RegionalOperator, Level::Region, "operator", &[]),
    who("quality_officer", 17, Role::QualityOfficer, Level::Region, "quality_center", &[]),
    who("reviewer", 18, Role::Reviewer, Level::Region, "altai_ministry", &[]),
    who("provider", 19, Role::ProviderOfficer, Level::Provider, "provider_x", &[]),
    who("provider_y", 20, Role::ProviderOfficer, Level::Provider, "provider_y", &[]),
    who("auditor", 21, Role::Auditor, Level::Region, "altai_ministry", &[]),
    who("state_teacher", 22, Role::Teacher, Level::Person, "state_school", &["basic", "secondary"]),
    who("tutor", 23, Role::RouteTutor, Level::School, "school_1", &[]),
    who("secretary", 24, Role::CouncilSecretary, Level::School, "school_1", &[]),
    who("chel_teacher", 31, Role::Teacher, Level::Person, "chel_school", &["primary"]),
    who("chel_teacher_2", 32, Role::Teacher, Level::Person, "chel_school", &["basic"]),
    who("chel_association_head", 33, Role::AssociationHead, Level::School, "chel_school", &["primary"]),
    who("chel_deputy", 34, Role::DeputyDirector, Level::School, "chel_school", &["basic"]),
    who("chel_director", 35, Role::Director, Level::School, "chel_school", &[]),
    who("chel_ministry", 36, Role::MinistryOfficer, Level::Region, "chel_ministry", &[]),
    who("chel_provider", 37, Role::ProviderOfficer, Level::Provider, "chel_provider", &[]),
    who("integration", 41, Role::Integration, Level::Region, "altai_ministry", &[]),
    Persona {
        name: "admin",
        number: 51,
        role: Role::PlatformAdmin,
        level: Level::Platform,
        organization: None,
        levels: &[],
    },
];

impl Persona {
    pub fn account_id(&self) -> Uuid {
        id(0xacc, self.number)
    }

    /// Services and administrators of the platform are no persons.
    pub fn person_id(&self) -> Option<Uuid> {
        (self.number < 40).then(|| id(0x9e5, self.number))
    }

    pub fn grants(&self) -> Vec<(Role, Level, Option<Uuid>)> {
        let place = self.organization.map(organization);
        let mut grants = vec![(self.role, self.level, place)];
        if self.level == Level::School {
            grants.push((Role::Teacher, Level::Person, place));
        }
        grants
    }
}

/// A persona by name.
pub fn persona(name: &str) -> &'static Persona {
    PERSONAS.iter().find(|persona| persona.name == name).unwrap_or_else(|| panic!("no persona {name}"))
}

/// The id of an organization by name.
pub fn organization(name: &str) -> Uuid {
    let found = ORGANIZATIONS.iter().find(|organization| organization.name == name);
    id(0x0a6, found.unwrap_or_else(|| panic!("no organization {name}")).number)
}

/// The id of a region by code.
pub fn region(code: &str) -> Uuid {
    let found = REGIONS.iter().find(|(known, ..)| *known == code);
    id(0x4e9, found.unwrap_or_else(|| panic!("no region {code}")).1)
}

fn id(kind: u16, number: u32) -> Uuid {
    format!("00000000-0000-7000-8{kind:03x}-{number:012}").parse().unwrap()
}

/// A number in letters, 0 = a: names of people have no digits.
fn letters(number: u32) -> String {
    format!("{number:02}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

fn quoted(id: Option<Uuid>) -> String {
    id.map_or_else(|| "null".to_owned(), |id| format!("'{id}'"))
}

/// The world as SQL.
pub fn sql() -> String {
    const THEN: &str = "'2020-01-01T00:00:00Z'";
    let mut sql = String::new();
    for (code, number, zone) in REGIONS {
        let region = id(0x4e9, number);
        writeln!(sql, "insert into regions values ('{region}', '{code}', '{code}', '{zone}', {THEN});")
            .unwrap();
    }
    for o in &ORGANIZATIONS {
        writeln!(
            sql,
            "insert into organizations (id, region_id, municipality_id, parent_id, kind, name, founder_type, created_at, updated_at)
             values ('{}', '{}', {}, {}, '{}', '{}', 'regional', {THEN}, {THEN});",
            organization(o.name), region(o.region), quoted(o.municipality.map(organization)),
            quoted(o.parent.map(organization)), o.kind, o.name,
        )
        .unwrap();
    }
    for p in &PERSONAS {
        let place = p.organization.and_then(|name| ORGANIZATIONS.iter().find(|o| o.name == name));
        let region_id = quoted(place.map(|o| region(o.region)));
        let municipality_id = quoted(place.and_then(|o| o.municipality).map(organization));
        let organization_id = quoted(p.organization.map(organization));
        let account = p.account_id();
        if let Some(person) = p.person_id() {
            let levels: Vec<String> = p.levels.iter().map(|level| format!("\"{level}\"")).collect();
            let levels = levels.join(",");
            writeln!(
                sql,
                "insert into persons (id, region_id, last_name, first_name, middle_name, created_at, updated_at)
                 values ('{person}', {region_id}, 'Testova-{}', 'Anna', null, {THEN}, {THEN});
                 insert into employments (id, region_id, municipality_id, organization_id, person_id, kind, position,
                                          education_levels, started_on, created_at, updated_at)
                 values ('{}', {region_id}, {municipality_id}, {organization_id}, '{person}', 'staff', 'учитель',
                         '{{{levels}}}', '2020-09-01', {THEN}, {THEN});",
                letters(p.number),
                id(0xe3b, p.number),
            )
            .unwrap();
        }
        let (kind, person) = match p.person_id() {
            Some(person) => ("person", format!("'{person}'")),
            None => ("service", "null".to_owned()),
        };
        writeln!(
            sql,
            "insert into accounts (id, region_id, person_id, kind, login, name, secret_hash, created_at, updated_at)
             values ('{account}', {region_id}, {person}, '{kind}', '{}', '{}', '-', {THEN}, {THEN});",
            p.name, p.name,
        )
        .unwrap();
        for (n, (role, level, place)) in p.grants().into_iter().enumerate() {
            let holder = if p.person_id().is_some() { "person_id" } else { "account_id" };
            let holder_id = p.person_id().unwrap_or(account);
            let level = serde_json::to_string(&level).unwrap().replace('"', "'");
            writeln!(
                sql,
                "insert into role_assignments (id, region_id, municipality_id, organization_id, {holder}, role, level,
                                               valid_from, created_at, updated_at)
                 values ('{}', {region_id}, {municipality_id}, {}, '{holder_id}', '{}', {level}, '2020-09-01', {THEN}, {THEN});",
                id(0x401, p.number * 10 + u32::try_from(n).unwrap()), quoted(place), role.as_str(),
            )
            .unwrap();
        }
    }
    for (number, place, head, members) in [
        (1, "school_1", "association_head", ["teacher", "teacher_2"]),
        (2, "chel_school", "chel_association_head", ["chel_teacher", "chel_teacher_2"]),
    ] {
        let o = ORGANIZATIONS.iter().find(|o| o.name == place).unwrap();
        let association = association(number);
        writeln!(
            sql,
            "insert into associations (id, region_id, municipality_id, organization_id, name, head_person_id, created_at, updated_at)
             values ('{association}', '{}', {}, '{}', 'МО {number}', '{}', {THEN}, {THEN});",
            region(o.region), quoted(o.municipality.map(organization)), organization(place),
            persona(head).person_id().unwrap(),
        )
        .unwrap();
        for member in members {
            let member = persona(member).person_id().unwrap();
            writeln!(
                sql,
                "insert into association_members values ('{association}', '{member}', '2020-09-01');"
            )
            .unwrap();
        }
    }
    for (number, preset, owner) in REGULATIONS {
        let document = Preset::find(preset).unwrap().load().unwrap();
        let document = serde_json::to_value(document.document()).unwrap();
        let o = ORGANIZATIONS.iter().find(|o| o.name == owner).unwrap();
        writeln!(
            sql,
            "insert into regulations (id, region_id, owner_id, level, code, title, title_en, issuing_body, obligations,
                                      preset, state, effective_from, profile, published_at, created_at, updated_at)
             values ('{}', '{}', '{}', '{}', '{preset}', $title${}$title$, 'test', 'test', $o${}$o$,
                     '{preset}', 'published', '2020-01-01', $profile${}$profile$, {THEN}, {THEN}, {THEN});",
            id(0x4e6, number), region(o.region), organization(owner), document["level"].as_str().unwrap(),
            document["title_ru"].as_str().unwrap(), document["obligations"], document["profile"],
        )
        .unwrap();
    }
    sql
}

/// The regulations in force: number, preset, owner.
pub const REGULATIONS: [(u32, &str, &str); 2] =
    [(1, "p4-altai-krai", "altai_ministry"), (2, "p0-chelyabinsk-school", "chel_school")];

/// The id of the regulation made from that preset.
pub fn regulation(preset: &str) -> Uuid {
    let found = REGULATIONS.iter().find(|(_, known, _)| *known == preset);
    id(0x4e6, found.unwrap_or_else(|| panic!("no regulation {preset}")).0)
}

/// The id of association 1 (school_1) or 2 (chel_school).
pub fn association(number: u32) -> Uuid {
    id(0xa55, number)
}
