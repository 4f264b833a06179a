"""What signing demands, as pure functions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from fellesgrep.core.clock import end_of_day
from fellesgrep.core.problems import FieldProblem
from fellesgrep.signing.authority_rules import Rule, who_is_still_needed

LOG_IN = "log_in"
USUAL_DAYS = 14
LINK_OPEN_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class Planned:
    """A signatory as planned: for which party, and what keeps the method from working."""

    party_id: UUID
    name: str
    hindrance: FieldProblem | None = None
    contact_id: UUID | None = None


def faults_of_plan(
    parties: Sequence[tuple[UUID, str]],
    signatories: Sequence[Planned],
    *,
    has_countersigner: bool,
    deadline_on: date | None,
    today: date,
    authorities: Mapping[UUID, Rule] = MappingProxyType({}),
) -> Iterator[FieldProblem]:
    """Yield what stands in the way of sending out; `parties` are ids and names.

    `authorities` tells who binds a party, where that is settled: those planned must suffice.
    """
    for party_id, name in parties:
        rule = authorities.get(party_id)
        planned = {each.contact_id for each in signatories if each.party_id == party_id}
        if not planned and not (rule and rule.optional):
            yield FieldProblem("/signatories", "signing.problem.party_unsigned", {"party": name})
        elif rule is not None:
            present = dict.fromkeys((each for each in planned if each is not None), today)
            yield from lacks(rule, present, name)
    yield from (each.hindrance for each in signatories if each.hindrance)
    if not has_countersigner:
        yield FieldProblem("/countersigner_id", "signing.problem.no_countersigner")
    if deadline_on is None or deadline_on <= today:
        yield FieldProblem("/deadline_on", "signing.problem.deadline_passed")


def order_to_ask(requests: Iterable[tuple[int, str]]) -> int | None:
    """Return whose turn it is to be asked, from each request's order and status.

    None while somebody who was asked has not signed, and when nobody is left to ask. Whoever need
    not sign any more (closed) is not waited for.
    """
    asked = list(requests)
    planned = [order for order, status in asked if status == "planned"]
    if not planned:
        return None
    first = min(planned)
    before = [status for order, status in asked if order <= first and status != "planned"]
    return first if all(status in {"signed", "closed"} for status in before) else None


def lacks(rule: Rule, signed: Mapping[UUID, date], party: str) -> Iterator[FieldProblem]:
    """Yield who must sign beside those who do, so that a party is bound."""
    for missing in who_is_still_needed(rule, signed):
        names = ", ".join(rule.people[at].name for at in missing.of)
        every = missing.needed == len(missing.of)
        yield FieldProblem(
            "/signatories",
            f"signing.problem.authority_lacks_{'all' if every else 'some'}",
            {"party": party, "names": names, "number": missing.needed},
        )


def is_late(deadline_on: date | None, now: datetime) -> bool:
    """Tell whether the day until which one may sign has passed (24:00 in Norway)."""
    return deadline_on is not None and now >= end_of_day(deadline_on)


def link_open_until(deadline_on: date | None, now: datetime) -> datetime:
    """Return how long a link stays open: long enough to fetch the sealed document."""
    ends = end_of_day(deadline_on) if deadline_on else now
    return max(ends, now) + LINK_OPEN_AFTER
