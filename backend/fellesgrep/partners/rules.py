"""What must be right about a partner, whatever the way it came in."""

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.no import orgnr

from fellesgrep.core.problems import Invalid
from fellesgrep.partners.models import PartnerKind

HOUSING_COMPANIES = frozenset({PartnerKind.HOUSING_COOPERATIVE, PartnerKind.CONDOMINIUM})
"""Those whose general meeting decides (borettslagsloven, eierseksjonsloven)."""

NUMBER_REQUIRED = frozenset(
    {
        PartnerKind.BUSINESS,
        PartnerKind.HOUSING_COOPERATIVE,
        PartnerKind.CONDOMINIUM,
        PartnerKind.INSTITUTION,
    }
)
NO_NUMBER = frozenset(
    {PartnerKind.MUNICIPAL_UNIT, PartnerKind.INFORMAL_GROUP, PartnerKind.RESOURCE_PERSON}
)
HAS_DWELLINGS = frozenset({PartnerKind.HOUSING_COOPERATIVE, PartnerKind.CONDOMINIUM})


@dataclass(frozen=True)
class Reachable:
    """How somebody can be reached, in the form we keep."""

    email: str
    phone: str


def organisation_number(kind: PartnerKind, typed: str | None) -> str | None:
    """Return the nine digits of an organisation number, None where this kind has none.

    Raises `Invalid` at `/organisation_number`.
    """
    pointer = "/organisation_number"
    number = (typed or "").strip()
    if not number:
        if kind in NUMBER_REQUIRED:
            raise Invalid.at(pointer, "partners.problem.organisation_number_missing")
        return None
    if kind in NO_NUMBER:
        raise Invalid.at(pointer, "partners.problem.organisation_number_not_wanted")
    try:
        return str(orgnr.validate(number))
    except InvalidChecksum:
        raise Invalid.at(pointer, "partners.problem.organisation_number_checksum") from None
    except ValidationError:
        raise Invalid.at(pointer, "partners.problem.organisation_number_format") from None


def email_address(typed: str, pointer: str = "/email") -> str:
    """Return an e-mail address in its normal form, "" for none; raises `Invalid`."""
    if not typed.strip():
        return ""
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise Invalid.at(pointer, "partners.problem.email") from None


def reachable(email: str, phone: str) -> Reachable:
    """Return how a contact person is reached; one way at least. Raises `Invalid` at `/email`."""
    address = email_address(email)
    if not address and not phone.strip():
        raise Invalid.at("/email", "partners.problem.not_reachable")
    return Reachable(address, phone.strip())


def dwellings(kind: PartnerKind, number: int | None) -> int | None:
    """Return the number of dwellings; raises `Invalid` for partners that manage none."""
    if number is not None and kind not in HAS_DWELLINGS:
        raise Invalid.at("/dwellings", "partners.problem.dwellings_not_wanted")
    return number
