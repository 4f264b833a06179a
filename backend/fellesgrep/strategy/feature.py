"""What strategies contribute to the application."""

from fellesgrep.cases.events import CaseEdited, CaseOpened
from fellesgrep.core import audit
from fellesgrep.core.events import on
from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.strategy.queries import item_titles
from fellesgrep.strategy.routes import router
from fellesgrep.strategy.service import check_item_of_case


def register(registry: Registry) -> None:
    """Add routes, titles of items, the check that a case answers its own area, audit kinds."""
    registry.put(ROUTERS, "strategy", router)
    registry.put(audit.LABELS, "involvement_item", item_titles)
    on(registry, CaseOpened, check_item_of_case)
    on(registry, CaseEdited, check_item_of_case)
    audit.register(registry, "strategy:adopted", "strategy.audit.adopted")
    audit.register(registry, "strategy:edited", "strategy.audit.edited")
    audit.register(registry, "involvement_item:added", "strategy.audit.item_added")
    audit.register(registry, "involvement_item:edited", "strategy.audit.item_edited")
