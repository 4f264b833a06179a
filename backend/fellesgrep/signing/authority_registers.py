"""Asks the registers in Brønnøysund who may sign: Fullmakttjenesten and Enhetsregisteret's roles.

Both are open, without a key, and tell birth dates but no national identity numbers. An answer is
read with patience: what is missing is empty, what is new is ignored, and what has another shape
is `RegisterOdd`; no transaction may be open meanwhile, for the answer can take its time.
"""

from datetime import date, datetime
from typing import Annotated, Any, TypeVar

import httpx2
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

TIMEOUT = httpx2.Timeout(10, connect=5)
LARGEST = 2_000_000
A = TypeVar("A", bound="_Answer")


class RegisterDown(Exception):
    """The register cannot be reached, takes too long, or says that it fails."""


class RegisterOdd(Exception):
    """The register answered something that this version does not understand."""


def _day(value: Any) -> date | None:
    """Read a day in either form the registers write: `1999-01-31` or `31.01.1999`."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(str(value), form).date()  # noqa: DTZ007 (a day, no instant)
        except ValueError:
            continue
    return None


def _name(value: Any) -> str:
    """Read a name: one text, or its parts."""
    if isinstance(value, dict):
        parts = [value.get(part) for part in ("fornavn", "mellomnavn", "etternavn")]
        value = " ".join(part for part in parts if isinstance(part, str))
    return " ".join(value.split()) if isinstance(value, str) else ""


def _list(value: Any) -> Any:
    return [] if value is None else value


def _text(value: Any) -> Any:
    return "" if value is None else value


Day = Annotated[date | None, BeforeValidator(_day)]
Name = Annotated[str, BeforeValidator(_name)]
Text = Annotated[str, BeforeValidator(_text)]
T = TypeVar("T")
Many = Annotated[list[T], BeforeValidator(_list)]


class _Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")


class Code(_Answer):
    """A code and what it says."""

    kode: Text = ""
    tekstforklaring: Text = ""
    beskrivelse: Text = ""

    @property
    def label(self) -> str:
        """What people call it; one register says `tekstforklaring`, the other `beskrivelse`."""
        return self.tekstforklaring or self.beskrivelse or self.kode


class SigningPerson(_Answer):
    """Somebody in a combination, with the role on which they sign."""

    navn: Name = ""
    fodselsdato: Day = None
    rolle: Code | None = None


class SigningCombination(_Answer):
    """Persons who sign together."""

    kode: Text = ""
    tekstforklaring: Text = ""
    person_rolle_kombinasjon: Many[SigningPerson] = []


class _Combinations(_Answer):
    kombinasjon: Many[SigningCombination] = []


class _Roles(_Answer):
    signatur_prokura_fritekst: Text = ""


class _Basis(_Answer):
    signatur_prokura_roller: _Roles | None = None


class _Status(_Answer):
    rutine_status: Code | None = None
    kombinasjon_status: Code | None = None
    regel_status: Code | None = None


class _Unit(_Answer):
    organisasjonsform: Code = Field(default_factory=Code)
    konkurs: bool = False
    under_avvikling: bool = False
    under_tvangsavvikling_eller_tvangsopplosning: bool = False


class SignatureAnswer(_Answer):
    """What Fullmakttjenesten says of a unit's right to sign."""

    status: _Status | None = None
    enhet: _Unit = Field(default_factory=_Unit)
    signerings_grunnlag: _Basis | None = None
    signerings_kombinasjon: _Combinations | None = None

    @property
    def routine(self) -> str:
        """How the look-up went: `OK` when it could be worked out by machine."""
        found = self.status and self.status.rutine_status
        return found.kode if found else ""

    @property
    def text(self) -> str:
        """The rule as it is registered, in words."""
        roles = self.signerings_grunnlag and self.signerings_grunnlag.signatur_prokura_roller
        return roles.signatur_prokura_fritekst.strip() if roles else ""

    @property
    def combinations(self) -> list[SigningCombination]:
        """The sets of persons of which any one is enough."""
        found = self.signerings_kombinasjon
        return found.kombinasjon if found else []

    @property
    def winding_up(self) -> bool:
        """Tell whether an estate or a liquidator acts for the unit now."""
        unit = self.enhet
        forced = unit.under_tvangsavvikling_eller_tvangsopplosning
        return unit.konkurs or unit.under_avvikling or forced


class _Person(_Answer):
    navn: Name = ""
    fodselsdato: Day = None
    er_doed: bool = False


class RegisteredRole(_Answer):
    """A role at a unit, held by a person or by another unit."""

    type: Code = Field(default_factory=Code)
    person: _Person | None = None
    fratraadt: bool = False
    avregistrert: bool = False

    @property
    def held(self) -> bool:
        """Tell whether the role is held now, by a living person or by a unit."""
        gone = self.fratraadt or self.avregistrert
        return not gone and not (self.person and self.person.er_doed)


class _RoleGroup(_Answer):
    type: Code = Field(default_factory=Code)
    roller: Many[RegisteredRole] = []


class RolesAnswer(_Answer):
    """Who holds which role at a unit."""

    rollegrupper: Many[_RoleGroup] = []

    @property
    def board(self) -> list[RegisteredRole]:
        """The leader, deputy leader and members of the board, without deputy members."""
        return [
            role
            for group in self.rollegrupper
            if group.type.kode == "STYR"
            for role in group.roller
            if role.held and role.type.kode in {"LEDE", "NEST", "MEDL"}
        ]


def signature_right(base: str, number: str) -> tuple[SignatureAnswer, dict[str, Any]] | None:
    """Ask Fullmakttjenesten; returns the answer read and as it came, None for an unknown unit."""
    return _ask(f"{base}/enheter/{number}/signatur", SignatureAnswer)


def roles(base: str, number: str) -> tuple[RolesAnswer, dict[str, Any]] | None:
    """Ask Enhetsregisteret who holds which role; None for an unknown or deleted unit."""
    return _ask(f"{base}/enheter/{number}/roller", RolesAnswer)


def _ask(address: str, shape: type[A]) -> tuple[A, dict[str, Any]] | None:
    headers = {"accept": "application/json"}
    try:
        response = httpx2.get(address, headers=headers, timeout=TIMEOUT)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise RegisterDown(type(error).__name__) from error
    if response.status_code in {httpx2.codes.NOT_FOUND, httpx2.codes.GONE}:
        return None
    if response.status_code != httpx2.codes.OK:
        raise RegisterDown(f"HTTP {response.status_code}")
    if len(response.content) > LARGEST:
        raise RegisterOdd("too large")
    try:
        raw = response.json()
        return shape.model_validate(raw), raw
    except (ValueError, ValidationError) as error:
        raise RegisterOdd(type(error).__name__) from error
