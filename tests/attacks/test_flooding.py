"""Many requests at once through one link: what they wait for must not be what others need."""

from collections.abc import Callable

from fellesgrep.portal.limits import CODES_PER_LINK
from tests.attacks.conftest import KARI, PER
from tests.backend.signing.stories import Signing
from tests.backend.signing.test_racing import signing as committed  # noqa: F401 (a fixture)
from tests.backend.signing.test_racing import together


def test_forty_forms_at_once_through_one_link_leave_the_pages_of_others_open(
    committed: Signing,  # noqa: F811 (the fixture)
) -> None:
    """Fails where a request that holds a connection waits for a second one from the same pool."""
    link = committed.links[KARI]
    forms = [committed.form(link) for _ in range(40)]
    statuses: list[int] = []

    def ask(form: dict[str, str]) -> Callable[[], None]:
        def act() -> None:
            sent = committed.browser.post(f"{link}/code", data=form, follow_redirects=False)
            statuses.append(sent.status_code)

        return act

    def read() -> None:
        statuses.append(committed.browser.get(committed.links[PER]).status_code)

    together(*(ask(form) for form in forms), read)
    assert statuses.count(200) == 1
    assert statuses.count(303) == CODES_PER_LINK.most
    assert statuses.count(429) == 40 - CODES_PER_LINK.most
