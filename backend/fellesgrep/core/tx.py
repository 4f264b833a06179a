"""The one transaction that every act runs in: rows, audit entries, events and jobs together."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from fellesgrep.core import audit
from fellesgrep.core.audit import SYSTEM, Actor, Draft, Subject
from fellesgrep.core.clock import Clock, local_date
from fellesgrep.core.db import Database
from fellesgrep.core.events import HANDLERS
from fellesgrep.core.jobs import InlineQueue, JobQueue
from fellesgrep.core.problems import Conflict
from fellesgrep.core.registry import Registry, Slot

T = TypeVar("T")


@dataclass(frozen=True)
class House:
    """An assembled application: what every transaction and job needs at hand."""

    registry: Registry
    database: Database
    clock: Clock
    jobs: JobQueue

    @contextmanager
    def transaction(self, actor: Actor = SYSTEM) -> Iterator["Tx"]:
        """Open a transaction; commits at the end of the block, rolls back on any exception."""
        session = self.database.sessions()
        committed = False
        try:
            yield Tx(self, session, actor)
            session.commit()
            committed = True
        except StaleDataError:
            raise Conflict("core.problem.stale") from None
        finally:
            session.close()
            if isinstance(self.jobs, InlineQueue):
                self.jobs.settle(session, committed=committed, now=self.clock.now())

    def settings(self, slot: Slot[T]) -> T:
        """Return the settings group that a package declared with `slot` and `app.py` handed in."""
        return self.registry.get(slot, "settings")


@dataclass(frozen=True)
class Tx:
    """An open transaction and who acts in it. Services take it as their first argument."""

    house: House
    session: Session
    actor: Actor

    def now(self) -> datetime:
        """Return the instant of this act."""
        return self.house.clock.now()

    def today(self) -> date:
        """Return the day of this act in Norway."""
        return local_date(self.now())

    def audit(
        self,
        kind: str,
        stream: Subject,
        data: Mapping[str, Any] | None = None,
        also: Sequence[Subject] = (),
    ) -> UUID:
        """Write what was done into the chain of `stream`; see `core.audit` for what data may hold.

        Raises `LookupError` for a kind that no package registered.
        """
        return audit.append(self.session, self.draft_entry(kind, stream, data, also))

    def draft_entry(
        self,
        kind: str,
        stream: Subject,
        data: Mapping[str, Any] | None = None,
        also: Sequence[Subject] = (),
    ) -> Draft:
        """Return an entry for a statement that writes it beside other rows (`audit.CHAIN`)."""
        self.house.registry.get(audit.SENTENCES, kind)
        return Draft(kind, stream, self.actor, self.now(), data or {}, also)

    def publish(self, event: object) -> None:
        """Tell later packages, now and in this transaction."""
        for handler in self.house.registry.all(HANDLERS).get(type(event).__qualname__, []):
            handler(self, event)

    def defer(
        self,
        name: str,
        *,
        at: datetime | None = None,
        key: str | None = None,
        **arguments: Any,
    ) -> None:
        """Queue a job with this transaction. UUIDs are sent as text."""
        plain = {
            name: str(value) if isinstance(value, UUID) else value
            for name, value in arguments.items()
        }
        self.house.jobs.defer(self.session, name, plain, at=at, key=key)

    def acting_as(self, actor: Actor) -> "Tx":
        """Return the same transaction with another actor (the system acting on an event)."""
        return Tx(self.house, self.session, actor)
