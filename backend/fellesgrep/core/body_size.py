"""How much a request may send. More is refused unread, before anybody is asked who they are."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 8_000_000
LARGEST_WITH_FILES = 30_000_000


class LimitBodies:
    """Refuses (413) what is larger than anything that is taken here, whether announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        with_files = headers.get(b"content-type", b"").startswith(b"multipart/form-data")
        most = LARGEST_WITH_FILES if with_files else LARGEST
        announced = headers.get(b"content-length", b"0")
        read = int(announced) if announced.isdigit() else 0
        refused = read > most
        read = 0

        async def within() -> Message:
            nonlocal read
            if refused:
                raise HTTPException(413)
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413)
            return message

        await self.app(scope, within, send)
