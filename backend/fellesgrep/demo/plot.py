"""In which order a case's acts happen, from what the content says that it reaches. Pure."""

from collections.abc import Sequence
from datetime import timedelta

from fellesgrep.demo.content import STEPS, CaseScript

_SOON = timedelta(days=2)
_ENDS_WITH = {
    "not_pursued": "log_first_contact",
    "informal_cooperation": "settle_parties",
    "declined_by_municipality": "decide_co_funding",
    "declined_by_partner": "sign",
    "completed": "conclude_cooperation",
}
_SIGNING = frozenset({"sign", "decide_after_deadline"})
"""Where a case stands whose agreement is out for signature, in time and after it."""
_LAST = {"not_pursued": "close_after_contact", "declined_by_partner": "decline"}


def main_acts(script: CaseScript, signers: int) -> list[str]:
    """Return the acts from the opening of a case to the day on which its last step began.

    For a closed case the last act is the one that closed it.
    """
    acts = ["open"]
    for step in _done(script):
        acts += _acts_of(step, script, signers)
    if script.reaches == "withdrawn":
        acts.append("withdraw")
    if script.reaches == "draft_agreement" and script.legal_returns:
        acts += ["draft_agreement", "return_agreement"]
    return acts


def later_acts(script: CaseScript) -> list[str]:
    """Return what happened since the step began at which a case stands."""
    if script.reaches in _SIGNING:
        return ["sign"] * script.signed
    if script.reaches == "conclude_cooperation":
        return ["fulfil"] * script.fulfilled
    if script.reaches == "write_proposal" and script.proposal is not None:
        return ["draft_proposal"]
    return []


def pauses(acts: Sequence[str]) -> list[timedelta | None]:
    """Return how long after the one before each act happens: who is to sign, does so soon."""
    return [_SOON if act in {"sign", "countersign", "decline"} else None for act in acts]


def _done(script: CaseScript) -> Sequence[str]:
    if script.reaches == "withdrawn":
        return STEPS[: STEPS.index(script.withdrawn_at or "")]
    if script.reaches in _ENDS_WITH:
        return STEPS[: STEPS.index(_ENDS_WITH[script.reaches]) + 1]
    return STEPS[: STEPS.index("sign" if script.reaches in _SIGNING else script.reaches)]


def _acts_of(step: str, script: CaseScript, signers: int) -> list[str]:
    if _ENDS_WITH.get(script.reaches) == step and script.reaches in _LAST:
        return [_LAST[script.reaches]]
    if step == "write_proposal" and script.returned:
        return ["write_proposal", "return_proposal", "write_proposal"]
    if step == "decide_co_funding" and script.reaches != "declined_by_municipality":
        return [step, "clear_parties"]
    if step == "sign":
        return ["sign"] * signers
    if step == "conclude_cooperation":
        return ["fulfil"] * script.fulfilled + [step]
    return [step]
