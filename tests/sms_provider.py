"""A real HTTP server that takes text messages as a provider does, and keeps what it gets."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Received:
    """A message as the provider got it."""

    body: dict[str, Any]
    headers: dict[str, str]


@dataclass
class SmsProvider:
    """Where it listens and what it got; `answers` are the statuses of its next answers."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@contextmanager
def sms_provider() -> Iterator[SmsProvider]:
    provider = SmsProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            status = provider.answers.pop(0) if provider.answers else 202
            if status < 300:
                headers = {name.lower(): value for name, value in self.headers.items()}
                provider.received.append(Received(json.loads(content), headers))
            self.send_response(status)
            if status == 302:
                self.send_header("location", "/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    provider.url = f"http://127.0.0.1:{server.server_port}/messages"
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
