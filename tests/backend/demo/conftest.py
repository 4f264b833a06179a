"""The demo data, made once on a database of its own."""

from collections.abc import Iterator

import pytest

from tests.backend.demo.making import Made, made


@pytest.fixture(scope="module")
def demo(template_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with made(template_url, tmp_path_factory.mktemp("demo")) as found:
        yield found
