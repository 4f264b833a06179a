"""A partner opens the files of a draft, as they were when it was sent."""

import re

from fellesgrep.agreements import attachments, drafting
from fellesgrep.agreements.models import Agreement
from fellesgrep.identity.policy import Role
from tests.backend.agreements.test_attachments import PHOTO, PLAN
from tests.backend.agreements.test_discussion import Reading, reading
from tests.contract_templates.expected import text_of

__all__ = ["reading"]


def _agreement(reading: Reading) -> Agreement:
    return drafting.get_current(reading.world.tx, reading.story.case.id)


def test_a_reader_opens_each_file_and_the_document_with_them(reading: Reading) -> None:
    liaison = reading.world.acting(Role.LIAISON)
    plan = attachments.add(liaison, _agreement(reading), PLAN, "Situasjonsplan <1:500>")
    attachments.add(liaison, _agreement(reading), PHOTO, "Bilde av i dag")
    reading.world.tx.session.commit()
    reading.send()
    page = reading.look()
    links = re.findall(r'href="([^"]+/attachments/\d+)"', page)
    assert len(links) == 2
    assert "Situasjonsplan &lt;1:500&gt;" in page
    first = reading.browser.get(links[0])
    assert (first.content, first.headers["content-type"]) == (PLAN, "application/pdf")
    assert first.headers["x-content-type-options"] == "nosniff"
    assert reading.browser.get(links[1]).headers["content-type"] == "image/jpeg"
    assert reading.browser.get(f"{links[1]}9").status_code == 404
    said = text_of(reading.browser.get(f"{reading.link}/draft.pdf").content)
    assert "Situasjonsplan <1:500>" in said
    attachments.remove(liaison, _agreement(reading), plan.id)
    reading.world.tx.session.commit()
    assert reading.browser.get(links[0]).content == PLAN


def test_a_draft_without_files_tells_of_none(reading: Reading) -> None:
    reading.send()
    assert 'id="enclosed"' not in reading.look()
