"""What happens around the day until which one may sign."""

import pytest

from fellesgrep.agreements.rules import Status
from fellesgrep.core.audit import Actor
from fellesgrep.core.problems import Conflict, Invalid
from fellesgrep.identity.policy import Role
from fellesgrep.signing import deadlines
from fellesgrep.signing.models import RequestStatus
from tests.backend.signing.stories import Signing


def pass_deadline(signing: Signing) -> None:
    signing.later(days=15)
    signing.mailed()


def test_whoever_has_not_signed_is_reminded_by_mail_with_a_link_that_works(
    signing: Signing,
) -> None:
    signer, *_ = signing.links
    signing.sign(signer)
    signing.mailed()
    signing.later(days=11, hours=1)
    reminded = signing.mailed()
    assert set(reminded) == set(signing.links) - {signer}
    for name, link in reminded.items():
        assert name in signing.browser.get(link).text


def test_a_deadline_that_has_passed_is_extended_for_those_who_are_missing(signing: Signing) -> None:
    first, second, *_ = signing.links
    signing.sign(first)
    pass_deadline(signing)
    assert signing.waiting() == ["decide_after_deadline"]
    with pytest.raises(Invalid) as refused:
        signing.complete("decide_after_deadline", Role.LIAISON, after_deadline="extend")
    assert [field.pointer for field in refused.value.fields] == ["/answers/new_deadline_on"]
    signing.complete(
        "decide_after_deadline",
        Role.LIAISON,
        after_deadline="extend",
        new_deadline_on="2026-04-01",
    )
    assert signing.waiting() == ["sign"] * (len(signing.links) - 1)
    assert set(signing.mailed()) == set(signing.links) - {first}
    assert signing.sign(second).status_code == 200
    assert str(signing.request(second).deadline_on) == "2026-04-01"
    assert signing.request(second).status == RequestStatus.SIGNED


def test_a_signing_that_ends_unsigned_voids_its_agreement_and_tells_everybody(
    signing: Signing,
) -> None:
    pass_deadline(signing)
    signing.complete("decide_after_deadline", Role.LIAISON, after_deadline="end")
    assert signing.waiting() == []
    assert signing.agreement().status == Status.VOIDED
    assert len(signing.mailbox.fresh()) == len(signing.links)


def test_an_agreement_that_is_recalled_begins_anew_as_it_was(signing: Signing) -> None:
    before = signing.agreement()
    with signing.house.transaction(Actor("person", signing.world.people[Role.LIAISON].id)) as tx:
        deadlines.recall(tx, signing.subject.id, "Feil beløp i punkt 4.")
    assert signing.waiting() == ["draft_agreement"]
    draft = signing.agreement()
    assert (draft.number, draft.status) == (before.number + 1, Status.DRAFTING)
    assert draft.fields == before.fields
    # The signatories, and the one who was to countersign.
    assert len(signing.mailbox.fresh()) == len(signing.links) + 1
    with signing.house.transaction() as tx, pytest.raises(Conflict):
        deadlines.recall(tx, signing.subject.id, "Feil beløp i punkt 4.")
