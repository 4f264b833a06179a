"""A request that loses a race for locks is done again, so that nobody is shown a database's error.

Acts lock in one order (`workflow.service.hold` first), and wait for each other; where PostgreSQL
still finds two that wait in a circle it ends one of them (`deadlock_detected`). Its transaction
has left nothing behind, so it is simply done again.
"""

from collections.abc import Iterator

from psycopg.errors import DeadlockDetected, SerializationFailure
from sqlalchemy.exc import OperationalError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ATTEMPTS = 4
LARGEST = 2_000_000
"""Bodies up to so many bytes are kept to be read again; a larger request gets one attempt."""


def lost_a_race(error: BaseException) -> bool:
    """Tell whether an error, or one that it comes from, is a lost race for locks."""
    return any(
        isinstance(each, OperationalError)
        and isinstance(each.orig, DeadlockDetected | SerializationFailure)
        for each in _causes(error)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


class RetryLostRaces:
    """Does a request again that lost a race, as long as nothing has been answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Body(receive)
        answered = False

        async def note(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        for attempt in range(1, ATTEMPTS + 1):
            try:
                await self.app(dict(scope), body.reader(), note)
            except Exception as error:
                again = attempt < ATTEMPTS and not answered and body.whole
                if not (again and lost_a_race(error)):
                    raise
            else:
                return


class _Body:
    """What a client sent, to be read more than once."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._messages, self._size = receive, list[Message](), 0

    @property
    def whole(self) -> bool:
        """Tell whether everything that was read is still there."""
        return self._size <= LARGEST

    def reader(self) -> Receive:
        """Return how the request is read from its beginning."""
        number = 0

        async def read() -> Message:
            nonlocal number
            if number < len(self._messages):
                number += 1
                return self._messages[number - 1]
            message = await self._receive()
            self._size += len(message.get("body", b""))
            if self.whole and message["type"] == "http.request":
                self._messages.append(message)
                number += 1
            return message

        return read
