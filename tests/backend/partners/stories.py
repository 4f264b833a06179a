"""Partners for stories: numbers with a right checksum, and two neighbours of Furulia."""

from itertools import count

from fellesgrep.core.tx import Tx
from fellesgrep.partners import service
from fellesgrep.partners.models import Contact, Partner, PartnerKind

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def organisation_number(serial: int) -> str:
    """Return the first number from `serial` on that has a check digit."""
    for candidate in count(serial):
        digits = f"{candidate:08d}"
        check = -sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
    raise AssertionError


def register_cooperative(tx: Tx, **facts: object) -> tuple[Partner, Contact]:
    """Register Solbakken borettslag and the leader of its board."""
    given = {
        "kind": PartnerKind.HOUSING_COOPERATIVE,
        "name": "Solbakken borettslag",
        "organisation_number": organisation_number(81000000),
        "dwellings": 120,
        "city": "Solvik",
    } | facts
    partner = service.register_partner(tx, **given)  # type: ignore[arg-type]
    contact = service.add_contact(
        tx, partner, name="Kari Berg", role_title="styreleder", email="kari@solbakken.example"
    )
    return partner, contact


def register_business(tx: Tx) -> tuple[Partner, Contact]:
    """Register Furulia Kaffebrenneri and its manager."""
    partner = service.register_partner(
        tx,
        kind=PartnerKind.BUSINESS,
        name="Furulia Kaffebrenneri",
        organisation_number=organisation_number(82000000),
    )
    contact = service.add_contact(
        tx, partner, name="Ola Moen", role_title="daglig leder", email="ola@kaffe.example"
    )
    return partner, contact
