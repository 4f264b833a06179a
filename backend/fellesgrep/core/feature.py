"""What core contributes to the application."""

from fellesgrep.core import audit
from fellesgrep.core.jobs import JOBS, Job
from fellesgrep.core.registry import Registry
from fellesgrep.core.tx import House


def anchor_audit(house: House) -> None:
    """Anchor the heads of all audit chains together."""
    with house.transaction() as tx:
        audit.anchor(tx.session, at=tx.now())


def register(registry: Registry) -> None:
    """Add the nightly anchoring of the audit log, and what is told of comments."""
    registry.put(JOBS, "core.anchor_audit", Job(anchor_audit, cron="15 2 * * *"))
    audit.register(registry, "comment:written", "core.audit.comment_written")
    audit.register(registry, "comment:resolved", "core.audit.comment_resolved")
