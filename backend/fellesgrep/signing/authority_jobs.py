"""Ask the registers who may sign: between two transactions, never inside one."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from fellesgrep.cases.models import CaseParty
from fellesgrep.core.problems import Conflict
from fellesgrep.core.tx import House
from fellesgrep.partners.models import Partner, PartnerKind
from fellesgrep.signing import authority, authority_registers
from fellesgrep.signing.authority_reading import Reading, Unclear, read
from fellesgrep.signing.authority_registers import RegisterDown, RegisterOdd, RolesAnswer
from fellesgrep.signing.settings import SIGNING, SigningSettings

log = structlog.get_logger(__name__)
_KEPT_ROLES = {"STYR", "DAGL"}


def look_up(house: House, party_id: str, person_id: str | None = None) -> None:
    """Ask about a party and record what is found; a register that is down is recorded too."""
    with house.transaction() as tx:
        party = tx.session.get_one(CaseParty, UUID(party_id))
        partner = tx.session.get_one(Partner, party.partner_id)
        number, kind = partner.organisation_number, partner.kind
    if number is None:
        return
    reading, answers = _ask(
        house.settings(SIGNING),
        number,
        condominium=kind == PartnerKind.CONDOMINIUM,
        at=house.clock.now(),
    )
    with house.transaction() as tx:
        party = tx.session.get_one(CaseParty, UUID(party_id))
        try:
            authority.open_for_liaison(tx, party)
        except Conflict:
            return
        asked_by = UUID(person_id) if person_id else None
        authority.record_look_up(tx, party, reading, answers, asked_by)


def _ask(
    settings: SigningSettings, number: str, *, condominium: bool, at: datetime
) -> tuple[Reading, bytes | None]:
    try:
        signature = authority_registers.signature_right(settings.fullmakt_url, number)
    except RegisterDown as error:
        log.warning("register is down", register="fullmakt", error=str(error))
        return Reading(unclear=Unclear.DOWN), None
    except RegisterOdd as error:
        log.warning("register answered oddly", register="fullmakt", error=str(error))
        return Reading(unclear=Unclear.ODD), None
    roles, raw_roles = _roles(settings, number)
    answer, raw = signature or (None, None)
    kept = {
        "looked_up_at": at.isoformat(),
        "organisation_number": number,
        "signature_right": {"register": settings.fullmakt_url, "answer": raw},
        "roles": {"register": settings.enhetsregisteret_url, "answer": raw_roles},
    }
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
    return read(answer, roles, condominium=condominium), text.encode()


def _roles(settings: SigningSettings, number: str) -> tuple[RolesAnswer | None, Any]:
    """Return board and manager, a help only: without them the rest still counts."""
    try:
        found = authority_registers.roles(settings.enhetsregisteret_url, number)
    except (RegisterDown, RegisterOdd) as error:
        log.warning("register is down", register="enhetsregisteret", error=str(error))
        return None, None
    if found is None:
        return None, None
    roles, raw = found
    groups = [
        group
        for group in raw.get("rollegrupper") or []
        if (group.get("type") or {}).get("kode") in _KEPT_ROLES
    ]
    return roles, {"rollegrupper": groups}
