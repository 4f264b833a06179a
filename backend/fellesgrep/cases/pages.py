"""What a partner sees of a case: the expectations that they are asked to confirm."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from fellesgrep.cases import confirming
from fellesgrep.cases.confirming import ExpectationReader, PartnerAnswer
from fellesgrep.cases.models import Case, Expectation
from fellesgrep.core.audit import Subject
from fellesgrep.core.languages import say
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.core.tx import Tx
from fellesgrep.identity.models import Person
from fellesgrep.portal.access import LinkAccess, Seal, allow_link
from fellesgrep.portal.forms import claim, release, seal_form
from fellesgrep.portal.slots import PortalPage

router = APIRouter(prefix="/p", tags=["portal"], include_in_schema=False)
_DAYS = timedelta(days=14)
_OPEN_FOR = timedelta(days=60)
Answering = Annotated[LinkAccess, allow_link("portal:comment", purpose=confirming.PURPOSE)]


def show(access: LinkAccess) -> Response:
    """Show the expectations and the form, or what was answered. Changes nothing."""
    return _page(access)


def _page(access: LinkAccess, error: str = "", typed: str = "") -> Response:
    tx = access.tx
    reader = tx.session.get_one(ExpectationReader, access.link.subject_id)
    expectation = tx.session.get_one(Expectation, reader.expectation_id)
    case = tx.session.get_one(Case, expectation.case_id)
    return access.page(
        "cases/pages/expectations.html",
        status=422 if error else 200,
        reader=reader,
        expectation=expectation,
        case=case,
        responsible=tx.session.get_one(Person, case.responsible_id),
        answer_by=reader.sent_at + _DAYS,
        waits=confirming.waits(tx, reader),
        error=error,
        typed=typed,
        other_seal=seal_form(access.link),
    )


@router.post("/{token}/expectations/confirm")
def confirm(seal: Seal, access: Answering) -> Response:
    """Confirm; sent twice, it is confirmed once."""
    return _answer(access, seal, PartnerAnswer.CONFIRMED)


@router.post("/{token}/expectations/comment")
def comment(
    seal: Seal, access: Answering, comment: Annotated[str, Form(max_length=4000)] = ""
) -> Response:
    """Say what should be otherwise."""
    return _answer(access, seal, PartnerAnswer.COMMENTED, comment)


def _answer(access: LinkAccess, seal: Seal, said: PartnerAnswer, comment: str = "") -> Response:
    tx = access.tx
    reader = tx.session.get_one(ExpectationReader, access.link.subject_id)
    if claim(tx, access.link, seal):
        try:
            confirming.answer(tx, reader, said, comment)
        except Conflict:
            return access.back()
        except Invalid as problem:
            release(tx, access.link, seal)
            [field, *_] = problem.fields
            return _page(access, say(access.language, field.key, **field.params), comment)
    return access.back()


def _open_until(tx: Tx, reader_id: UUID) -> datetime | None:
    reader = tx.session.get(ExpectationReader, reader_id)
    return tx.now() + _OPEN_FOR if reader else None


def _renew(tx: Tx, reader_id: UUID) -> None:
    reader = tx.session.get_one(ExpectationReader, reader_id)
    if confirming.waits(tx, reader):
        confirming.write(tx, reader)


def _history(tx: Tx, reader_id: UUID) -> Subject:
    reader = tx.session.get_one(ExpectationReader, reader_id)
    return Subject("case", tx.session.get_one(Expectation, reader.expectation_id).case_id)


PAGE = PortalPage(show=show, open_until=_open_until, renew=_renew, history=_history)
