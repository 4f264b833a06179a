"""The access policy: role × action × scope, in one table that can be read.

`all`   everywhere in the municipality
`area`  in the areas for which the role is granted (a grant without an area counts for all)
`own`   where the person is responsible, assigned, or the one asked
`link`  (partner only) exactly what one portal link was made for
A role that is not in an action's row may not do it. `EVERYONE` acts need no log-in;
`LOGGED_IN` acts are open to every role.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """Who somebody is to the municipality's work. `partner` never logs in."""

    LIAISON = "liaison"
    LEGAL = "legal"
    DECISION_MAKER = "decision_maker"
    PROGRAMME_LEADER = "programme_leader"
    MUNICIPAL_UNIT = "municipal_unit"
    ARCHIVIST = "archivist"
    ADMIN = "admin"
    AUDITOR = "auditor"
    PARTNER = "partner"


class Scope(StrEnum):
    """How far a permission reaches."""

    ALL = "all"
    AREA = "area"
    OWN = "own"
    LINK = "link"


_COLUMNS = (
    "liaison", "legal", "decision_maker", "programme_leader",
    "municipal_unit", "archivist", "admin", "auditor", "partner",
)  # fmt: skip

# action                      liaison legal  decis. progr. munic. archiv admin  auditor partner
_TABLE = """
area:read                     all     all    all    all    all    all    all    all     -
area:edit                     -       -      -      area   -      -      all    -       -
strategy:read                 all     all    all    all    all    all    all    all     -
strategy:edit                 area    -      -      area   -      -      all    -       -
partner:read                  all     all    all    all    all    all    all    all     -
partner:edit                  all     -      -      all    -      -      -      -       -
case:read                     all     all    all    all    all    all    all    all     -
case:open                     area    -      -      area   -      -      -      -       -
case:edit                     area    -      -      area   -      -      -      -       -
case:hand_over                area    -      -      area   -      -      -      -       -
engagement:log                area    own    -      area   own    -      -      -       -
task:read                     all     all    all    all    all    all    all    all     -
task:complete                 area    all    own    area   own    -      all    -       -
task:assign                   area    all    -      area   -      -      all    -       -
proposal:edit                 area    -      -      area   -      -      -      -       -
agreement:read                all     all    all    all    all    all    all    all     -
agreement:draft               area    all    -      area   -      -      -      -       -
agreement:generate            -       all    -      area   -      -      all    -       -
agreement:review              -       all    -      -      -      -      -      -       -
signing:arrange               area    all    -      area   -      -      -      -       -
signing:resend                area    all    -      area   -      -      -      -       -
signing:take_paper            area    all    -      area   -      -      -      -       -
signing:decide_authority      -       all    -      -      -      -      -       -       -
signing:lower_method          -       all    -      -      -      -      -      -       -
template:read                 all     all    all    all    all    all    all    all     -
template:edit                 -       all    -      -      -      -      -      -       -
clause:read                   all     all    all    all    all    all    all    all     -
clause:edit                   -       all    -      -      -      -      -      -       -
letterhead:read               all     all    all    all    all    all    all    all     -
letterhead:edit               -       -      -      -      -      -      all    -       -
notices:read                  all     all    all    all    all    all    all    all     -
notices:edit                  -       -      -      -      -      -      all    -       -
notices:arrange               area    all    -      area   -      -      -      -       -
person:read                   all     all    all    all    all    all    all    all     -
absence:read                  all     all    all    all    all    all    all    all     -
absence:edit                  own     own    own    all    own    own    all    own     -
person:edit                   -       -      -      -      -      -      all    -       -
workflow:read                 all     all    all    all    all    all    all    all     -
workflow:edit                 -       -      -      -      -      -      all    -       -
workflow:publish              -       -      -      -      -      -      all    -       -
audit:read                    -       -      -      -      -      all    all    all     -
operations:read               -       -      -      -      -      -      all    all     -
operations:act                -       -      -      -      -      -      all    -       -
outbox:read                   all     all    all    all    all    all    all    all     -
portal:read                   -       -      -      -      -      -      -      -       link
portal:confirm                -       -      -      -      -      -      -      -       link
portal:sign                   -       -      -      -      -      -      -      -       link
portal:decline                -       -      -      -      -      -      -      -       link
portal:comment                -       -      -      -      -      -      -      -       link
"""

EVERYONE = frozenset(
    {
        "health:read",
        "texts:read",
        "login:use",
        "portal:open",
        "site:read",
        "verify:use",
        "mail:return",
    }
)
LOGGED_IN = frozenset({"me:read", "me:edit"})
ASKED_IN_STEPS: frozenset[str] = frozenset()
"""Actions that a step of a workflow asks for, by `Access.require` or `policy.allows`."""


def _read(table: str) -> dict[str, dict[Role, Scope]]:
    rows: dict[str, dict[Role, Scope]] = {}
    for line in table.split("\n"):
        if line.strip():
            action, *cells = line.split()
            rows[action] = {
                Role(role): Scope(cell)
                for role, cell in zip(_COLUMNS, cells, strict=True)
                if cell != "-"
            }
    return rows


POLICY = _read(_TABLE)


@dataclass(frozen=True)
class Grant:
    """A role as a person holds it; no area means everywhere."""

    role: Role
    area_id: UUID | None


@dataclass(frozen=True)
class Place:
    """Where a thing stands: its area (None: the whole municipality) and the people it is with."""

    area_id: UUID | None = None
    people: frozenset[UUID] = frozenset()


EVERYWHERE = Place()


def actions_of(grants: frozenset[Grant]) -> frozenset[str]:
    """Return every action that these grants allow somewhere."""
    roles = {grant.role for grant in grants}
    return frozenset(action for action, row in POLICY.items() if roles & row.keys()) | LOGGED_IN


def allows(action: str, person_id: UUID, grants: frozenset[Grant], place: Place) -> bool:
    """Tell whether a person may do `action` to a thing at `place`."""
    if action in LOGGED_IN:
        return True
    return any(
        _reaches(POLICY[action].get(grant.role), grant, person_id, place) for grant in grants
    )


def _reaches(scope: Scope | None, grant: Grant, person_id: UUID, place: Place) -> bool:
    if scope is Scope.ALL:
        return True
    if scope is Scope.AREA:
        return grant.area_id is None or place.area_id in (None, grant.area_id)
    if scope is Scope.OWN:
        return person_id in place.people
    return False
