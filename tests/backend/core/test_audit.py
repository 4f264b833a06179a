from collections.abc import Iterator

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from fellesgrep.areas.models import Area
from fellesgrep.areas.service import add_measure
from fellesgrep.core import audit
from fellesgrep.core.clock import MovableClock
from fellesgrep.core.db import Database
from fellesgrep.core.ids import new_id
from fellesgrep.core.jobs import InlineQueue
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import House, Tx
from tests.conftest import World, cloned_database, make_world


@pytest.fixture
def own_house(template_url: str, registry: Registry, clock: MovableClock) -> Iterator[House]:
    with cloned_database(template_url) as url:
        house = House(registry, Database(url), clock, InlineQueue(registry))
        with house.transaction() as tx:
            world = make_world(tx)
            for _ in range(5):
                add_measure(tx, world.area, title="T", goal="G", indicator="", budget_ore=1)
            audit.anchor(tx.session, at=tx.now())
        yield house
        house.database.close()


def _tamper(house: House, *statements: str) -> list[str]:
    with house.transaction() as tx:
        tx.session.execute(text("set session_replication_role = replica"))
        for statement in statements:
            tx.session.execute(text(statement))
        return list(audit.verify(tx.session))


LAST = "select id from audit_entry where stream_kind = 'area' order by seq desc limit 1"


def test_an_untouched_log_verifies(own_house: House) -> None:
    with own_house.transaction() as tx:
        assert list(audit.verify(tx.session)) == []


@pytest.mark.parametrize(
    ("name", "statements"),
    [
        ("changed", ["update audit_entry set data = '{\"budget_ore\": 2}' where seq = 3"]),
        ("removed in the middle", ["delete from audit_entry where seq = 3"]),
        ("cut off", [f"delete from audit_entry where id in ({LAST})"]),
        (
            "cut off with its head",
            [
                (
                    "update audit_stream s set seq = e.seq - 1, head = e.previous "
                    f"from audit_entry e where e.id in ({LAST}) and s.subject_id = e.stream_id"
                ),
                f"delete from audit_entry where id in ({LAST})",
            ],
        ),
        (
            "a whole stream left out",
            ["delete from audit_entry where stream_kind = 'area'",
             "delete from audit_stream where kind = 'area'"],
        ),
        ("the head left out", ["delete from audit_stream where kind = 'area'"]),
        ("an anchor changed", ["update audit_anchor set streams = 1, heads = '{}'"]),
    ],
)  # fmt: skip
def test_tampering_is_found(own_house: House, name: str, statements: list[str]) -> None:
    assert _tamper(own_house, *statements), name


@pytest.mark.parametrize("table", audit.APPEND_ONLY)
@pytest.mark.parametrize("change", ["delete from {}", "update {} set id = id", "truncate {}"])
def test_the_database_refuses_to_change_the_log(own_house: House, table: str, change: str) -> None:
    if table == "audit_subject":
        change = change.replace("id = id", "kind = kind")
    with pytest.raises(IntegrityError, match="append-only"), own_house.transaction() as tx:
        tx.session.execute(text(change.format(f"{table} cascade" if "trunc" in change else table)))


def test_a_kind_without_a_sentence_is_a_programming_error(tx: Tx) -> None:
    with pytest.raises(LookupError, match="never:registered"):
        tx.audit("never:registered", audit.Subject("area", new_id()))


def _add_and_fail(house: House) -> None:
    with house.transaction() as tx:
        area = tx.session.scalars(select(Area).limit(1)).one()
        add_measure(tx, area, title="T", goal="G", indicator="", budget_ore=1)
        tx.defer("core.anchor_audit")
        raise ZeroDivisionError


def test_an_act_that_fails_leaves_neither_row_nor_entry_nor_job(own_house: House) -> None:
    def counts() -> list[int]:
        with own_house.transaction() as tx:
            return [
                tx.session.scalar(text(f"select count(*) from {table}")) or 0
                for table in ("measure", "audit_entry")
            ]

    before = counts()
    queue = own_house.jobs
    assert isinstance(queue, InlineQueue)
    with pytest.raises(ZeroDivisionError):
        _add_and_fail(own_house)
    assert counts() == before
    assert queue.waiting == []


def test_names_are_looked_up_when_the_log_is_read(world: World) -> None:
    tx = world.tx
    entries = audit.timeline(tx.session, audit.Subject("area", world.area.id))
    said = audit.sentences(tx.session, tx.house.registry, entries, "en")
    assert said == ["The system set up the area."]
