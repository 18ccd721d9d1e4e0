"""The main job through the generated client, against a server with demo data: a teacher of Altai krai goes from a
deficit through an approved route to hours that count. Usage: python main_job.py http://127.0.0.1:8080"""

import sys
from datetime import date
from typing import TypeVar
from uuid import UUID, uuid4

from rost_client import AuthenticatedClient, Client
from rost_client.api.accounts import create_token, get_me
from rost_client.api.approvals import decide_approval, get_approval_request, list_approval_requests
from rost_client.api.diagnostics import list_person_deficits
from rost_client.api.hours import create_credential, decide_credential, get_credential, get_hours_balance
from rost_client.api.learning_routes import add_route_activity, create_route, get_route, submit_route
from rost_client.api.registry import list_programs
from rost_client.models import (
    ActivityBasis,
    ActivityKind,
    ApprovalDecisionCreate,
    ApprovalDecisionKind,
    CredentialCreate,
    CredentialDecide,
    CredentialDecision,
    DocumentKind,
    FrequencyStatus,
    GrantType,
    Problem,
    ProgramKind,
    RouteActivityData,
    RouteCreate,
    RouteNote,
    RouteState,
    TokenCreate,
)
from rost_client.types import Response, Unset

ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"
PASSWORD = "demo-demo-demo"

T = TypeVar("T")


def need(answer: Response[T | Problem]) -> T:
    """The data of an answer; a refusal ends the run."""
    if isinstance(answer.parsed, Problem):
        raise SystemExit(f"{answer.status_code} {answer.parsed.code}: {answer.parsed.detail or answer.parsed.title}")
    if answer.parsed is None:
        raise SystemExit(f"{answer.status_code}: an answer that the document does not know")
    return answer.parsed


def tag(answer: Response[T]) -> str:
    """The tag of the version an answer shows, for `If-Match`."""
    return answer.headers["etag"]


def once() -> str:
    """A new key for a request that must not be carried out twice."""
    return str(uuid4())


def sign_in(login: str) -> AuthenticatedClient:
    body = TokenCreate(grant_type=GrantType.PASSWORD, login=login, password=PASSWORD)
    token = need(create_token.sync_detailed(client=Client(base_url=ADDRESS), body=body))
    return AuthenticatedClient(base_url=ADDRESS, token=token.access_token)


def decide(caller: AuthenticatedClient, route: UUID, decision: ApprovalDecisionKind) -> None:
    """Takes the decision that waits for the caller on the request for this route."""
    request = need(list_approval_requests.sync_detailed(client=caller, subject_id=route)).items[0]
    read = get_approval_request.sync_detailed(request.id, client=caller)
    step = next(allowed.step for allowed in need(read).allowed_decisions if allowed.decision == decision)
    body = ApprovalDecisionCreate(step=step, decision=decision)
    need(
        decide_approval.sync_detailed(
            request.id, client=caller, body=body, idempotency_key=once(), if_match=tag(read)
        )
    )


teacher = sign_in("obskaya.teacher")
me = need(get_me.sync_detailed(client=teacher))
assert not isinstance(me.person, Unset) and me.person is not None
person = me.person.id

AS_OF = date(2026, 12, 1)
before = need(get_hours_balance.sync_detailed(person, client=teacher, as_of=AS_OF))

deficits = need(list_person_deficits.sync_detailed(person, client=teacher)).items
gravest = max(deficits, key=lambda deficit: deficit.severity)
program = need(list_programs.sync_detailed(client=teacher, q="Формирующее оценивание", limit=1)).items[0]

route = need(
    create_route.sync_detailed(
        client=teacher,
        idempotency_key=once(),
        body=RouteCreate(
            person_id=person,
            title="Формирующее оценивание на уроке",
            starts_on=date(2026, 10, 1),
            ends_on=date(2027, 9, 30),
            note=RouteNote(
                goal="Освоить формирующее оценивание",
                expected_result="Система критериев для 3 класса",
                content="Программа и самообразование",
                study_form="очно-заочная",
                technologies="дистанционные",
                pace="6 часов в неделю",
                total_hours=36,
                personal_resources="Опыт наставничества",
                school_context="Школа переходит на критериальное оценивание",
            ),
        ),
    )
)
activity = need(
    add_route_activity.sync_detailed(
        route.id,
        client=teacher,
        idempotency_key=once(),
        if_match=tag(get_route.sync_detailed(route.id, client=teacher)),
        body=RouteActivityData(
            kind=ActivityKind.PROGRAM,
            title="Формирующее оценивание",
            program_id=program.id,
            hours=36,
            starts_on=date(2026, 10, 5),
            ends_on=date(2026, 11, 13),
            reason=ActivityBasis.DEFICIT,
            deficit_ids=[gravest.id],
        ),
    )
)
need(
    submit_route.sync_detailed(
        route.id,
        client=teacher,
        idempotency_key=once(),
        if_match=tag(get_route.sync_detailed(route.id, client=teacher)),
    )
)

director = sign_in("obskaya.director")
decide(director, route.id, ApprovalDecisionKind.ENDORSE)
coordinator = sign_in("altai.coordinator")
decide(coordinator, route.id, ApprovalDecisionKind.ENDORSE)
state = need(get_route.sync_detailed(route.id, client=teacher)).state
assert state == RouteState.ACTIVE, state

paper = need(
    create_credential.sync_detailed(
        client=coordinator,
        idempotency_key=once(),
        body=CredentialCreate(
            person_id=person,
            kind=DocumentKind.PD_CERTIFICATE,
            series="ПК",
            number="260301",
            registration_number="2026/0301",
            title="Формирующее оценивание",
            program_id=program.id,
            activity_id=activity.id,
            program_kind=ProgramKind.ADVANCED_TRAINING,
            hours=36,
            started_on=date(2026, 10, 5),
            completed_on=date(2026, 11, 13),
            issued_on=date(2026, 11, 16),
        ),
    )
)
need(
    decide_credential.sync_detailed(
        paper.id,
        client=director,
        idempotency_key=once(),
        if_match=tag(get_credential.sync_detailed(paper.id, client=director)),
        body=CredentialDecide(decision=CredentialDecision.CONFIRM),
    )
)

after = need(get_hours_balance.sync_detailed(person, client=teacher, as_of=AS_OF))
added = after.local_hours.counted - before.local_hours.counted
assert added == 36, f"{added} hours were added instead of 36"
assert after.federal_frequency.status == FrequencyStatus.MET, after.federal_frequency.status
print(f"Hours before {before.local_hours.counted}, after {after.local_hours.counted}; the law's frequency is met")
