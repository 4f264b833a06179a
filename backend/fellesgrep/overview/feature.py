"""What the overview contributes to the application."""

from fellesgrep.core.registry import Registry
from fellesgrep.core.web import ROUTERS
from fellesgrep.overview.routes import router


def register(registry: Registry) -> None:
    """Add the routes."""
    registry.put(ROUTERS, "overview", router)
