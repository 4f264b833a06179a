"""What cases tell later packages. Where one of them raises a `Problem`, the act is refused."""

from dataclasses import dataclass

from fellesgrep.cases.models import Case, CaseParty


@dataclass(frozen=True)
class CaseOpened:
    """A case was opened; its process starts right after."""

    case: Case


@dataclass(frozen=True)
class CaseEdited:
    """Title, summary, measure or involvement item of a case are others now."""

    case: Case


@dataclass(frozen=True)
class CasePaused:
    """A case is to rest for a while."""

    case: Case


@dataclass(frozen=True)
class PartyAdded:
    """A partner takes part in a case from now on."""

    case: Case
    party: CaseParty


@dataclass(frozen=True)
class PartyRemoved:
    """A partner takes part in a case no longer."""

    case: Case
    party: CaseParty
