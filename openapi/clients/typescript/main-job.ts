/**
 * The main job through the generated client, against a server with demo data: a teacher of Altai krai goes from a
 * deficit through an approved route to hours that count. Usage: node main-job.js http://127.0.0.1:8080
 */
import { need, needWithTag, once, rost, type Rost, type Schemas } from "./client.js";

const address = process.argv[2] ?? "http://127.0.0.1:8080";
const password = "demo-demo-demo";

async function signIn(login: string): Promise<Rost> {
  const body: Schemas["TokenCreate"] = { grant_type: "password", login, password };
  const token = await need(rost(address).POST("/api/v1/auth/token", { body }));
  return rost(address, token.access_token);
}

function first<Item>(items: readonly Item[], what: string): Item {
  const [item] = items;
  if (item === undefined) throw new Error(`there is no ${what}`);
  return item;
}

/** Takes the decision that waits for the caller on the request for this route. */
async function decide(caller: Rost, routeId: string, decision: Schemas["ApprovalDecisionKind"]): Promise<void> {
  const query = { subject_id: routeId };
  const request = first((await need(caller.GET("/api/v1/approval-requests", { params: { query } }))).items, "request");
  const path = { id: request.id };
  const { data, tag } = await needWithTag(caller.GET("/api/v1/approval-requests/{id}", { params: { path } }));
  const open = first(data.allowed_decisions.filter((allowed) => allowed.decision === decision), decision);
  const header = { ...once(), "If-Match": tag };
  await need(
    caller.POST("/api/v1/approval-requests/{id}/decisions", {
      params: { path, header },
      body: { step: open.step, decision },
    }),
  );
}

const teacher = await signIn("obskaya.teacher");
const me = await need(teacher.GET("/api/v1/me", {}));
if (me.person === undefined || me.person === null) throw new Error("the account has no person");
const personId = me.person.id;

const asOf = { params: { path: { id: personId }, query: { as_of: "2026-12-01" } } };
const before = await need(teacher.GET("/api/v1/persons/{id}/hours-balance", asOf));

const deficits = await need(teacher.GET("/api/v1/persons/{id}/deficits", { params: { path: { id: personId } } }));
const gravest = first([...deficits.items].sort((one, other) => other.severity - one.severity), "deficit");

const search = { params: { query: { q: "Формирующее оценивание", limit: 1 } } };
const program = first((await need(teacher.GET("/api/v1/programs", search))).items, "program");

const route = await need(
  teacher.POST("/api/v1/routes", {
    params: { header: once() },
    body: {
      person_id: personId,
      title: "Формирующее оценивание на уроке",
      starts_on: "2026-10-01",
      ends_on: "2027-09-30",
      note: {
        goal: "Освоить формирующее оценивание",
        expected_result: "Система критериев для 3 класса",
        content: "Программа и самообразование",
        study_form: "очно-заочная",
        technologies: "дистанционные",
        pace: "6 часов в неделю",
        total_hours: 36,
        personal_resources: "Опыт наставничества",
        school_context: "Школа переходит на критериальное оценивание",
      },
    },
  }),
);
const path = { id: route.id };
const draft = await needWithTag(teacher.GET("/api/v1/routes/{id}", { params: { path } }));
const activity = await need(
  teacher.POST("/api/v1/routes/{id}/activities", {
    params: { path, header: { ...once(), "If-Match": draft.tag } },
    body: {
      kind: "program",
      title: "Формирующее оценивание",
      program_id: program.id,
      hours: 36,
      starts_on: "2026-10-05",
      ends_on: "2026-11-13",
      reason: "deficit",
      deficit_ids: [gravest.id],
    },
  }),
);
const whole = await needWithTag(teacher.GET("/api/v1/routes/{id}", { params: { path } }));
await need(
  teacher.POST("/api/v1/routes/{id}/submission", {
    params: { path, header: { ...once(), "If-Match": whole.tag } },
  }),
);

const director = await signIn("obskaya.director");
await decide(director, route.id, "endorse");
const coordinator = await signIn("altai.coordinator");
await decide(coordinator, route.id, "endorse");
const active = await need(teacher.GET("/api/v1/routes/{id}", { params: { path } }));
if (active.state !== "active") throw new Error(`the route is ${active.state}`);

const issued = await need(
  coordinator.POST("/api/v1/credentials", {
    params: { header: once() },
    body: {
      person_id: personId,
      kind: "pd_certificate",
      series: "ПК",
      number: "260301",
      registration_number: "2026/0301",
      title: "Формирующее оценивание",
      program_id: program.id,
      activity_id: activity.id,
      program_kind: "advanced_training",
      hours: 36,
      started_on: "2026-10-05",
      completed_on: "2026-11-13",
      issued_on: "2026-11-16",
    },
  }),
);
const paper = { id: issued.id };
const seen = await needWithTag(director.GET("/api/v1/credentials/{id}", { params: { path: paper } }));
await need(
  director.POST("/api/v1/credentials/{id}/decision", {
    params: { path: paper, header: { ...once(), "If-Match": seen.tag } },
    body: { decision: "confirm" },
  }),
);

const after = await need(teacher.GET("/api/v1/persons/{id}/hours-balance", asOf));
const added = after.local_hours.counted - before.local_hours.counted;
if (added !== 36) throw new Error(`${added} hours were added instead of 36`);
if (after.federal_frequency.status !== "met") throw new Error(`the law's frequency: ${after.federal_frequency.status}`);
console.log(`Hours before ${before.local_hours.counted}, after ${after.local_hours.counted}; the law's frequency is met`);
