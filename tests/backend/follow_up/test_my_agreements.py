"""Ola sees what his business has agreed to, and nobody else's."""

from datetime import date

import pytest
from sqlalchemy import select

from fellesgrep.agreements.drafting import get_current
from fellesgrep.cases.models import CaseParty
from fellesgrep.follow_up.models import Obligation
from fellesgrep.partners.models import Partner
from tests.backend.signing.conftest import browser, planned, seal_key, signing  # noqa: F401
from tests.backend.signing.stories import Signing


@pytest.fixture
def promised(signing: Signing) -> Signing:  # noqa: F811 (the fixture)
    """Each party has promised something of its own."""
    with signing.house.transaction() as tx:
        for party in tx.session.scalars(
            select(CaseParty).where(CaseParty.case_id == signing.subject.id)
        ):
            name = tx.session.get_one(Partner, party.partner_id).name
            tx.session.add(
                Obligation(
                    case_id=party.case_id,
                    party_id=party.id,
                    kind="in_kind",
                    description=f"Dugnad for {name}",
                    amount_ore=2_000_000,
                    due_on=date(2026, 6, 1),
                )
            )
    return signing


def test_a_partner_sees_their_agreements_and_their_own_promises_only(promised: Signing) -> None:
    for name, link in promised.links.items():
        page = promised.browser.get(f"{link}/my-agreements").text
        partner_id = promised.contact(name).partner_id
        with promised.house.transaction() as tx:
            title = get_current(tx, promised.subject.id).title
            parties = tx.session.scalars(
                select(Partner).join(CaseParty, CaseParty.partner_id == Partner.id)
            ).all()
        assert title in page
        assert "Til underskrift" in page
        for partner in parties:
            assert (f"Dugnad for {partner.name}" in page) == (partner.id == partner_id)


def test_the_page_opens_with_a_link_only(promised: Signing) -> None:
    assert promised.browser.get("/p/unknown/my-agreements").status_code == 410
