"""Refusals a person can act on, sent as RFC 9457 problem bodies in the reader's language.

A problem names a message key (`<package>.problem.<name>` in the package's messages) and, where
it is about what somebody typed, the fields: a JSON Pointer, a key and its parameters each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field of the request."""

    pointer: str
    key: str
    params: dict[str, Any] = field(default_factory=dict)


class Problem(Exception):
    """A refusal; nothing of the transaction it is raised in is kept."""

    status = 400

    def __init__(
        self,
        key: str,
        *,
        fields: Sequence[FieldProblem] = (),
        extra: dict[str, Any] | None = None,
        **params: Any,
    ) -> None:
        super().__init__(key)
        self.key = key
        self.fields = tuple(fields)
        self.extra = extra or {}
        self.params = params


class Invalid(Problem):
    """What was sent breaks a rule; `fields` says where."""

    status = 422

    @classmethod
    def at(cls, pointer: str, key: str, **params: Any) -> "Invalid":
        """Return the problem for one field."""
        return cls("core.problem.invalid", fields=[FieldProblem(pointer, key, params)])


class Unauthenticated(Problem):
    """Nobody is logged in."""

    status = 401


class Forbidden(Problem):
    """The access policy says no."""

    status = 403


class NotFound(Problem):
    """No such thing, or none that this person may know of."""

    status = 404


class Conflict(Problem):
    """Somebody else was first, or the thing is in another state now."""

    status = 409


class Gone(Problem):
    """It was here once: expired, used or withdrawn."""

    status = 410


class TooLarge(Problem):
    """More was sent than is taken."""

    status = 413


class PreconditionRequired(Problem):
    """A change came without `If-Match`."""

    status = 428


class TooManyRequests(Problem):
    """A rate limit is reached."""

    status = 429
