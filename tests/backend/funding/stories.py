"""A case of Solbakken borettslag and a coffee roastery that is ready for its proposal."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from fellesgrep.cases.models import Case, CaseParty, Stage
from fellesgrep.core.tx import House
from fellesgrep.identity.policy import Role
from tests.backend.partners.stories import register_business, register_cooperative
from tests.conftest import World


@dataclass(frozen=True)
class Story:
    """A case and its two parties."""

    case: Case
    cooperative: CaseParty
    business: CaseParty

    @property
    def address(self) -> str:
        return f"/api/v1/cases/{self.case.id}"

    def plan(self) -> dict[str, Any]:
        """Return a plan over 400 000 kr that balances; the municipality pays 200 000 kr."""
        return {
            "lines": [
                {"description": "Lekeplass", "category": "works", "amount_ore": 300_000_00},
                {"description": "Benker", "category": "equipment", "amount_ore": 100_000_00},
            ],
            "contributions": [
                self._brings(None, "cash", "Tilskudd", 200_000_00),
                self._brings(self.cooperative, "in_kind", "Dugnad", 50_000_00),
                self._brings(self.cooperative, "cash", "Egenkapital", 50_000_00),
                self._brings(self.business, "cash", "Gave", 100_000_00),
            ],
        }

    @staticmethod
    def _brings(
        party: CaseParty | None, kind: str, description: str, amount_ore: int
    ) -> dict[str, Any]:
        return {
            "party_id": str(party.id) if party else None,
            "kind": kind,
            "description": description,
            "amount_ore": amount_ore,
        }

    @staticmethod
    def proposal() -> dict[str, Any]:
        """Return a proposal that lacks nothing."""
        return {
            "title": "Nytt gårdsrom i Solbakken",
            "background": "Gårdsrommet er slitt.",
            "goals": "Et gårdsrom som folk bruker.",
            "target_groups": "Barn og eldre.",
            "results": "Ny lekeplass og tolv benker.",
            "maintenance": "",
            "activities": [
                {
                    "title": "Rydde",
                    "starts_on": "2026-05-01",
                    "ends_on": "2026-05-20",
                    "responsible": "Borettslaget",
                },
                {
                    "title": "Bygge",
                    "starts_on": "2026-06-01",
                    "ends_on": "2026-09-30",
                    "responsible": "Kommunen",
                },
            ],
        }

    def move_to(self, house: House, stage: Stage) -> None:
        """Let the case stand at another stage, as its process would."""
        with house.transaction() as tx:
            tx.session.execute(update(Case).where(Case.id == self.case.id).values(stage=stage))


def tell(world: World) -> Story:
    """Add the case and its parties, at the stage of the proposal."""
    tx = world.tx
    case = Case(
        number="2026-00001",
        title="Gårdsrommet i Solbakken",
        area_id=world.area.id,
        responsible_id=world.people[Role.LIAISON].id,
        stage=Stage.PROPOSAL,
        stage_since=tx.now(),
        opened_at=tx.now(),
    )
    tx.session.add(case)
    tx.session.flush()
    parties = [
        CaseParty(
            case_id=case.id,
            partner_id=partner.id,
            contact_id=contact.id,
            lead=lead,
            added_at=tx.now(),
        )
        for (partner, contact), lead in (
            (register_cooperative(tx), True),
            (register_business(tx), False),
        )
    ]
    tx.session.add_all(parties)
    tx.session.flush()
    return Story(case, *parties)
