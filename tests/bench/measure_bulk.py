"""What many agreements at once cost: 500 drafts by a worker, as jobs on a real database."""

import asyncio
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import select

from fellesgrep.agreements import bulk, drafting
from fellesgrep.agreements.bulk_models import BulkItem, BulkItemStatus
from fellesgrep.agreements.models import Agreement
from fellesgrep.agreements.views import preview
from fellesgrep.app import make_house
from fellesgrep.cases.models import Case, CaseParty, Stage
from fellesgrep.contract_templates.models import Template
from fellesgrep.contract_templates.service import import_shipped
from fellesgrep.core import embedded_postgres, migrate
from fellesgrep.core.audit import Actor
from fellesgrep.core.jobs import run_worker
from fellesgrep.core.tx import House, Tx
from fellesgrep.identity.policy import Role
from fellesgrep.partners.models import Contact, Partner
from fellesgrep.settings import Settings
from tests.backend.agreements.stories import ANSWERS
from tests.backend.funding.stories import Story
from tests.backend.partners.stories import register_business, register_cooperative
from tests.backend.proposals.stories import write
from tests.bench.figures import figure
from tests.bench.room import seconds_of
from tests.conftest import World, make_world
from tests.product import fresh_data_dir

COUNT = 500
ALONE = 9


@contextmanager
def _town(data_dir: Path) -> Iterator[tuple[House, World]]:
    """Yield an application with so many cases that have come to their agreement, money and all."""
    with embedded_postgres.running(data_dir) as url:
        migrate.upgrade(url)
        house = make_house(Settings(data_dir=data_dir), url)
        with house.transaction() as tx:
            import_shipped(tx)
            world = make_world(tx)
            two = (register_cooperative(tx), register_business(tx))
            for number in range(1, COUNT + 1):
                _open(tx, world, number, two)
        yield house, world
        house.database.close()


def _open(
    tx: Tx, world: World, number: int, two: tuple[tuple[Partner, Contact], tuple[Partner, Contact]]
) -> None:
    case = Case(
        number=f"2026-{number:05}",
        title=f"Gårdsrommet i oppgang {number}",
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
            lead=position == 0,
            added_at=tx.now(),
        )
        for position, (partner, contact) in enumerate(two)
    ]
    tx.session.add_all(parties)
    tx.session.flush()
    write(world, Story(case, *parties))
    case.stage = Stage.AGREEMENT
    tx.session.flush()


def _alone(house: House, world: World) -> float:
    """Return the median time of one preview of such a draft, warm, when nothing else is done."""
    taken = []
    with house.transaction(Actor("person", world.people[Role.LEGAL].id)) as tx:
        cases = tx.session.scalars(select(Case.id).order_by(Case.number).limit(ALONE)).all()
        for case_id in cases:
            agreement = drafting.begin(tx, case_id)
            taken.append(seconds_of(lambda one=agreement: preview(tx, one)))  # type: ignore[misc]
        tx.session.rollback()
    return statistics.median(taken[2:])


@cache
def _measured() -> tuple[float, float]:
    """Return the seconds of a whole run, and of one document alone."""
    with fresh_data_dir() as data_dir, _town(data_dir) as (house, world):
        alone = _alone(house, world)
        with house.transaction(Actor("person", world.people[Role.LEGAL].id)) as tx:
            wanted = select(Template.id).where(Template.key == "samarbeidsavtale")
            run = bulk.start(
                tx,
                template_id=tx.session.scalars(wanted).one(),
                language="nb",
                fields=ANSWERS,
                case_ids=None,
                area_ids=None,
                allowed=lambda _: True,
            )
        began = time.perf_counter()
        asyncio.run(run_worker(house, wait=False))
        taken = time.perf_counter() - began
        with house.transaction() as tx:
            made = bulk.counts(tx, [run.id])[run.id][BulkItemStatus.MADE]
            drafts = len(tx.session.scalars(select(Agreement.id)).all())
            items = len(tx.session.scalars(select(BulkItem.id)).all())
        if (made, drafts, items) != (COUNT, COUNT, COUNT):
            raise RuntimeError(f"{made} made, {drafts} drafts of {items} cases")
        return taken, alone


@figure(
    "bulk_500_s",
    "Seconds for 500 agreements begun, filled and made as PDF by one worker",
    unit="s",
    bound=180,
)
def whole_run(_: Path) -> float:
    return _measured()[0]


@figure(
    "bulk_per_second",
    "Agreements of that run in a second",
    unit="/s",
    bound=3,
    better="higher",
)
def rate(_: Path) -> float:
    return COUNT / _measured()[0]


@figure(
    "bulk_ratio",
    "Time for an agreement of that run, its work in the database included, in one preview alone",
    unit="×",
    bound=1.2,
)
def beside_one_alone(_: Path) -> float:
    taken, alone = _measured()
    return taken / COUNT / alone
