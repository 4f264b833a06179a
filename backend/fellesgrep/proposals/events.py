"""What proposals tell later packages."""

from dataclasses import dataclass

from fellesgrep.proposals.models import ProposalVersion


@dataclass(frozen=True)
class ProposalSubmitted:
    """A proposal was frozen and sent for decision."""

    version: ProposalVersion
