"""A proposal as a page sets it out: its sections as text, and what has changed in each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from markupsafe import Markup

from fellesgrep.core.languages import Language, say, say_date
from fellesgrep.core.money import format_ore
from fellesgrep.documents.redline import redline
from fellesgrep.funding.rules import ContributionKind, PartyShare, by_party, totals

TEXTS = ("background", "goals", "target_groups", "results", "maintenance")
PLACES = (*TEXTS, "activities", "lines", "contributions", "whole")
"""What can be commented on: each section, and the proposal as a whole."""
_THINNEST = 2
"""What a bar is wide at least, in hundredths, so that a single day can be seen."""


@dataclass(frozen=True)
class Section:
    """A section as it reads, and as redline where it reads otherwise than before."""

    name: str
    body: Markup
    change: Markup


@dataclass(frozen=True)
class Planned:
    """An activity with its place on the line of the whole plan, in hundredths."""

    title: str
    period: str
    responsible: str
    starts_at: int
    lasts: int


@dataclass(frozen=True)
class Share:
    """What one party brings, in money and in kind, with both as hundredths of the budget."""

    name: str
    mine: bool
    share: PartyShare
    cash: int
    in_kind: int


@dataclass(frozen=True)
class _Brought:
    """A contribution of a snapshot, as the rules of funding ask for it."""

    party_id: UUID | None
    kind: str
    amount_ore: int


def sections(
    content: Mapping[str, Any], before: Mapping[str, Any] | None, language: Language
) -> list[Section]:
    """Return what a proposal says, section by section, with changes since `before`.

    Sections in which nothing is or was written are left out.
    """
    found = []
    for name in ("title", *PLACES[:-1]):
        now = _body(name, content, language)
        was = _body(name, before, language) if before else now
        changed = was != now
        if (now or was) and (name != "title" or changed):
            change = Markup(redline(was, now)) if changed else Markup()  # noqa: S704 (sanitized)
            found.append(Section(name, now, change))
    return found


def _body(name: str, content: Mapping[str, Any], language: Language) -> Markup:
    if name == "activities":
        return _list(_activity(each, language) for each in content[name])
    if name == "lines":
        rows = [
            (each["description"], say(language, f"funding.category.{each['category']}"), each)
            for each in content[name]
        ]
        return _table(rows, language)
    if name == "contributions":
        rows = [(each["party"], _how(each, language), each) for each in content[name]]
        return _table(rows, language)
    return _paragraphs(content[name])


def _paragraphs(text: str) -> Markup:
    lines = (line.strip() for line in text.splitlines())
    return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in lines if line)


def _list(points: Iterator[str]) -> Markup:
    inside = Markup("\n").join(Markup("<li>{}</li>").format(point) for point in points)
    return Markup("<ul>{}</ul>").format(inside) if inside else Markup()


def _activity(activity: Mapping[str, Any], language: Language) -> str:
    responsible = activity["responsible"]
    who = say(language, "proposals.page.by_whom", name=responsible) if responsible else ""
    parts = (activity["title"], period(activity, language), who)
    return ". ".join(part for part in parts if part)


def period(activity: Mapping[str, Any], language: Language) -> str:
    """Return from when to when something is done, as far as that is known."""
    days = [_day(activity[name], language) for name in ("starts_on", "ends_on")]
    return " – ".join(days) if any(days) else ""


def _day(written: str | None, language: Language) -> str:
    return say_date(language, date.fromisoformat(written)) if written else "?"


def _how(contribution: Mapping[str, Any], language: Language) -> str:
    kind = say(language, f"funding.kind.{contribution['kind']}")
    return ": ".join(part for part in (kind, contribution["description"]) if part)


def _table(rows: Sequence[tuple[str, str, Mapping[str, Any]]], language: Language) -> Markup:
    if not rows:
        return Markup()
    row = Markup('<tr><td>{}<br/>{}</td><td class="amount">{}</td></tr>')
    inside = Markup("\n").join(
        row.format(name, detail, format_ore(each["amount_ore"], language))
        for name, detail, each in rows
    )
    whole = Markup(
        '<table><thead><tr><th scope="col">{}</th><th scope="col" class="amount">{}</th></tr>'
        "</thead><tbody>{}\n"
        '<tr><th scope="row">{}</th><td class="amount"><strong>{}</strong></td></tr>'
        "</tbody></table>"
    )
    return whole.format(
        say(language, "proposals.page.what"),
        say(language, "proposals.page.amount"),
        inside,
        say(language, "proposals.page.sum"),
        format_ore(sum(each["amount_ore"] for _, _, each in rows), language),
    )


def time_plan(content: Mapping[str, Any], language: Language) -> list[Planned]:
    """Return the activities with their places on the line from the first day to the last."""
    days = [
        [date.fromisoformat(each[name]) for name in ("starts_on", "ends_on") if each[name]]
        for each in content["activities"]
    ]
    known = [day for each in days for day in each]
    if not known:
        return []
    first, whole = min(known), max((max(known) - min(known)).days, 1)
    return [
        _planned(activity, own, first, whole, language)
        for activity, own in zip(content["activities"], days, strict=True)
    ]


def _planned(
    activity: Mapping[str, Any], own: Sequence[date], first: date, whole: int, language: Language
) -> Planned:
    lasts = max(100 * (max(own) - min(own)).days // whole, _THINNEST) if own else 0
    starts_at = 100 * (min(own) - first).days // whole if own else 0
    return Planned(
        title=activity["title"],
        period=period(activity, language),
        responsible=activity["responsible"],
        starts_at=min(starts_at, 100 - lasts),
        lasts=lasts,
    )


def who_pays(content: Mapping[str, Any], party_id: UUID) -> list[Share]:
    """Return what each party brings; `party_id` is the party that reads."""
    brought = [
        _Brought(
            party_id=UUID(each["party_id"]) if each["party_id"] else None,
            kind=ContributionKind(each["kind"]),
            amount_ore=each["amount_ore"],
        )
        for each in content["contributions"]
    ]
    names = {
        one.party_id: each["party"]
        for one, each in zip(brought, content["contributions"], strict=True)
    }
    sums = totals([], brought)
    most = max(sums.funded_ore, sum(line["amount_ore"] for line in content["lines"]), 1)
    return [
        Share(
            name=names[share.party_id],
            mine=share.party_id == party_id,
            share=share,
            cash=100 * share.cash_ore // most,
            in_kind=100 * share.in_kind_ore // most,
        )
        for share in by_party(brought)
    ]


def unpaid(content: Mapping[str, Any]) -> int:
    """Return how much of the budget nobody has said they pay, in øre; never below zero."""
    costs: int = sum(each["amount_ore"] for each in content["lines"])
    brought: int = sum(each["amount_ore"] for each in content["contributions"])
    return max(costs - brought, 0)
