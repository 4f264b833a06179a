"""The search box: cases, partners and contact persons, found the way people type them."""

from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from fellesgrep.cases.lists import found_by as cases_found_by
from fellesgrep.cases.models import Case
from fellesgrep.core.languages import Language, say
from fellesgrep.core.search import matches
from fellesgrep.core.tx import Tx
from fellesgrep.overview.schemas import Found
from fellesgrep.partners.models import Contact, Partner, Status
from fellesgrep.partners.queries import found_by

EACH = 8
CANDIDATES = 500


def search(tx: Tx, typed: str, language: Language) -> list[Found]:
    """Return the best few of each kind, those that begin with what was typed first."""
    return [
        *_cases(tx, typed, language),
        *_partners(tx, typed, language),
        *_contacts(tx, typed),
    ]


def _beginnings_first(name: InstrumentedAttribute[str], typed: str) -> ColumnElement[Any]:
    return case((func.lower(name).startswith(typed.lower(), autoescape=True), 0), else_=1)


def _cases(tx: Tx, typed: str, language: Language) -> list[Found]:
    found = tx.session.scalars(
        select(Case)
        .where(Case.id.in_(cases_found_by(typed, at_most=CANDIDATES)))
        .order_by(_beginnings_first(Case.title, typed), Case.number.desc())
        .limit(EACH)
    )
    return [
        Found(
            kind="case",
            id=each.id,
            title=each.title,
            subtitle=f"{each.number} · {say(language, f'cases.stage.{each.stage}')}",
        )
        for each in found
    ]


def _partners(tx: Tx, typed: str, language: Language) -> list[Found]:
    found = tx.session.scalars(
        select(Partner)
        .where(found_by(typed))
        .order_by(_beginnings_first(Partner.name, typed), Partner.name)
        .limit(EACH)
    )
    return [
        Found(
            kind="partner",
            id=each.id,
            title=each.name,
            subtitle=_joined(say(language, f"partners.kind.{each.kind}"), each.city),
        )
        for each in found
    ]


def _contacts(tx: Tx, typed: str) -> list[Found]:
    rows = tx.session.execute(
        select(Contact, Partner.name)
        .join(Partner, Partner.id == Contact.partner_id)
        .where(Contact.status == Status.ACTIVE, matches(Contact.search, typed))
        .order_by(_beginnings_first(Contact.name, typed), Contact.name)
        .limit(EACH)
    )
    return [
        Found(
            kind="contact",
            id=each.id,
            partner_id=each.partner_id,
            title=each.name,
            subtitle=_joined(each.role_title, partner),
        )
        for each, partner in rows
    ]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
