"""What the engine room contributes to the application."""

from fellesgrep.core.registry import Registry


def register(registry: Registry) -> None:
    """Add routes, jobs, names of tasks, where a task stands, and audit kinds."""
