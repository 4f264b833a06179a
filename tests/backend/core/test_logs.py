import io
from collections.abc import Iterator

import pytest
import structlog

from fellesgrep.core.logs import write_plain_logs


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    file = io.StringIO()
    write_plain_logs(file)
    yield file
    structlog.reset_defaults()


def send(token: str) -> None:
    raise OSError("the server does not answer")


def test_a_failure_is_logged_with_its_place_but_without_the_values_at_hand(
    written: io.StringIO,
) -> None:
    secret = "WJ8x-T9vRz"
    try:
        send(secret)
    except OSError:
        structlog.get_logger("test").exception("job failed", job="notifications.send")
    assert "the server does not answer" in written.getvalue()
    assert "in send" in written.getvalue()
    assert "notifications.send" in written.getvalue()
    assert secret not in written.getvalue()
