"""What the steps of a process may call on proposals."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from fellesgrep.cases.service import leading_partner
from fellesgrep.proposals import service
from fellesgrep.workflow.operations import Operation, Step


class Submission(BaseModel):
    """What is sent along with a proposal."""

    note: str = ""


def _submit(step: Step, answers: Submission) -> Mapping[str, Any]:
    version = service.submit(step.tx, step.subject.id, answers.note)
    return {
        "amount_ore": version.amount_ore,
        "total_ore": version.total_ore,
        "lead_kind": leading_partner(step.tx, step.subject.id).kind,
    }


SUBMIT = Operation(_submit, Submission, facts=("amount_ore", "total_ore", "lead_kind"))
