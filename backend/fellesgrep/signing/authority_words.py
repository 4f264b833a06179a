"""Who may sign, in words: on pages, on the signature page and in the evidence."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fellesgrep.cases.models import CaseParty
from fellesgrep.core import files
from fellesgrep.core.clock import local_date
from fellesgrep.core.languages import Language, say
from fellesgrep.core.tx import Tx
from fellesgrep.signing import authority
from fellesgrep.signing.authority_models import PartyAuthority
from fellesgrep.signing.authority_rules import Combination, Rule

JSON = "application/json"


def basis(tx: Tx, party_id: UUID, language: Language) -> str:
    """Return on what it rests that somebody signs for a party, and of which day; or nothing."""
    record = authority.in_force(authority.records_of(tx, party_id))
    if record is None or (record.rule is None and record.source != "liaison"):
        return ""
    day = local_date(record.recorded_at)
    return say(
        language,
        "signing.authority.basis",
        source=say(language, f"signing.authority.source.{record.source}"),
        date=f"{day:%d.%m.%Y}",
    )


def rule_in_words(rule: Rule, language: Language) -> list[str]:
    """Return each combination as a sentence part: who signs, together or so many of them."""
    return [_combination(rule, each, language) for each in rule.combinations]


def _combination(rule: Rule, combination: Combination, language: Language) -> str:
    parts = []
    for slot in combination.slots:
        names = [rule.people[at].name for at in slot.of]
        if slot.needed == len(names):
            parts.append(_listed(names, language))
        elif slot.needed:
            listed = ", ".join(names)
            key = "signing.authority.some_of"
            parts.append(say(language, key, number=slot.needed, names=listed))
    return _listed(parts, language)


def _listed(names: Sequence[str], language: Language) -> str:
    *some, last = names or [""]
    if not some:
        return last
    return say(language, "signing.authority.and", some=", ".join(some), last=last)


def evidence(tx: Tx, party_id: UUID) -> list[dict[str, Any]]:
    """Return everything recorded of who may sign for a party, the registers' answers included."""
    party = tx.session.get_one(CaseParty, party_id)
    record = authority.in_force(authority.records_of(tx, party.id))
    return [
        _kept(tx, each) | {"counts": each is record} for each in authority.records_of(tx, party_id)
    ]


def _kept(tx: Tx, record: PartyAuthority) -> dict[str, Any]:
    answer = None
    if record.file_sha256 and record.source in {"register", "board"}:
        answer = json.loads(files.read(tx.session, record.file_sha256))
    return {
        "source": record.source,
        "recorded_at": record.recorded_at,
        "recorded_by": str(record.recorded_by_id) if record.recorded_by_id else None,
        "rule": record.rule,
        "unclear": record.unclear,
        "words": record.words,
        "reason": record.reason,
        "file_sha256": record.file_sha256,
        "registers": answer,
    }
