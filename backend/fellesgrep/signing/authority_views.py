"""Who may sign for each party, as whoever arranges the signing and legal see it."""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pydantic import ValidationError

from fellesgrep.cases.models import Case
from fellesgrep.cases.service import parties
from fellesgrep.core import files, jobs
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.core.web import Named
from fellesgrep.identity.access import Access
from fellesgrep.identity.models import Person
from fellesgrep.identity.policy import Place
from fellesgrep.signing import authority, authority_words, rounds
from fellesgrep.signing.authority import Standing
from fellesgrep.signing.authority_models import AuthorityQuestion, PartyAuthority
from fellesgrep.signing.authority_reading import Source, Unclear
from fellesgrep.signing.authority_registers import RolesAnswer
from fellesgrep.signing.authority_rules import Holder, Rule, ways
from fellesgrep.signing.authority_schemas import (
    AuthoritiesView,
    AuthorityView,
    HolderView,
    QuestionView,
    SubstituteView,
    WayView,
)
from fellesgrep.signing.models import RequestStatus, SigningRound
from fellesgrep.signing.rules import lacks
from fellesgrep.signing.settings import SIGNING

_REGISTERS = frozenset({Source.REGISTER, Source.BOARD})


def whole(access: Access, case_id: UUID, language: Language) -> AuthoritiesView:
    """Return how it stands with every party of a case."""
    tx = access.tx
    signing = rounds.find_current_round(tx, case_id)
    asking = jobs.under_way(tx.session, authority.LOOK_UP, "party_id")
    return AuthoritiesView(
        required=tx.house.settings(SIGNING).authority_required,
        parties=[
            _party(access, authority.standing(tx, party), signing, language, asking)
            for party in parties(tx, case_id)
        ],
    )


def _party(
    access: Access,
    found: Standing,
    signing: SigningRound | None,
    language: Language,
    asking: set[str],
) -> AuthorityView:
    tx, record, rule = access.tx, found.record, found.rule
    label = say(language, f"signing.authority.source.{record.source}") if record else ""
    return AuthorityView(
        party_id=found.party.id,
        party_name=found.partner.name,
        asked_for=found.asked_for,
        can_look_up=found.partner.organisation_number is not None,
        looking_up=str(found.party.id) in asking,
        settled=rule is not None,
        confirmed=found.confirmed,
        source=Source(record.source) if record else None,
        source_label=label,
        basis=authority_words.basis(tx, found.party.id, language),
        recorded_at=record.recorded_at if record else None,
        recorded_by=_person(tx, record.recorded_by_id if record else None),
        unclear=_unclear(record),
        failed=_unclear(found.failed),
        words=record.words if record else "",
        reason=record.reason if record else "",
        sentences=authority_words.rule_in_words(rule, language) if rule else [],
        ways=_ways(rule) if rule else [],
        people=[_holder(each) for each in rule.people] if rule else [],
        registered=_registered(tx, found.party.id),
        substitutes=_substitutes(rule) if rule else [],
        optional=bool(rule and rule.optional),
        missing=_missing(tx, found, signing, language),
        has_file=bool(record and record.file_sha256),
        question=_question(tx, found.question),
        can=_can(access, found, signing),
    )


def _unclear(record: PartyAuthority | None) -> Unclear | None:
    return Unclear(record.unclear) if record is not None and record.unclear else None


def _person(tx: Tx, person_id: UUID | None) -> Named | None:
    person = tx.session.get(Person, person_id) if person_id else None
    return Named(id=person.id, name=person.name) if person else None


def _holder(holder: Holder) -> HolderView:
    return HolderView(
        name=holder.name,
        born_on=holder.born_on,
        roles=list(holder.roles),
        contact_id=holder.contact_id,
    )


def _ways(rule: Rule) -> list[WayView]:
    found = []
    for label, places in ways(rule):
        people = [rule.people[at] for at in places]
        ids = [each.contact_id for each in people if each.contact_id is not None]
        names = [each.name for each in people]
        possible = len(ids) == len(people) > 0
        found.append(WayView(label=label, names=names, contact_ids=ids, possible=possible))
    return found


def _substitutes(rule: Rule) -> list[SubstituteView]:
    return [
        SubstituteView(
            name=each.name,
            stands_for=rule.people[each.stands_for].name,
            mandate=each.mandate,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
        )
        for each in rule.substitutes
    ]


def _registered(tx: Tx, party_id: UUID) -> list[HolderView]:
    """Return the board as it was registered at the last look-up, for choosing from."""
    asked = [
        each
        for each in authority.records_of(tx, party_id)
        if each.source in _REGISTERS and each.file_sha256
    ]
    if not asked:
        return []
    kept = json.loads(files.read(tx.session, asked[-1].file_sha256 or ""))
    try:
        roles = RolesAnswer.model_validate(kept["roles"]["answer"] or {})
    except ValidationError:
        return []
    return [
        HolderView(
            name=role.person.navn,
            born_on=role.person.fodselsdato,
            roles=[role.type.label],
            contact_id=None,
        )
        for role in roles.board
        if role.person and role.person.navn
    ]


def _missing(
    tx: Tx, found: Standing, signing: SigningRound | None, language: Language
) -> list[str]:
    if found.rule is None or signing is None:
        return []
    off = {RequestStatus.DECLINED, RequestStatus.CLOSED}
    present: dict[UUID, date] = {
        each.contact_id: tx.today()
        for each in signing.requests
        if each.party_id == found.party.id and each.status not in off
    } | authority.signed_for(signing.requests, found.party.id)
    faults = lacks(found.rule, present, found.partner.name)
    return [say(language, each.key, **each.params) for each in faults]


def _question(tx: Tx, question: AuthorityQuestion | None) -> QuestionView | None:
    if question is None:
        return None
    return QuestionView(
        question=question.question,
        asked_at=question.asked_at,
        asked_by=_person(tx, question.asked_by_id),
    )


def _can(access: Access, found: Standing, signing: SigningRound | None) -> Sequence[str]:
    """Return what this reader can do about it now."""
    case = access.tx.session.get_one(Case, found.party.case_id)
    place = Place(area_id=case.area_id)
    over = signing is not None and signing.countersignature is not None
    if over or not found.asked_for:
        return []
    can = []
    decided = found.record is not None and found.record.source == Source.LEGAL
    sent = signing is not None and signing.sent_at is not None
    if access.may("signing:arrange", place):
        can += ["ask"]
        if not decided and not sent:
            can += ["look_up"] if found.partner.organisation_number else []
            can += ["minutes"] + ([] if found.rule else ["confirm"])
    if access.may("signing:decide_authority", place):
        can += ["decide"]
    return can
