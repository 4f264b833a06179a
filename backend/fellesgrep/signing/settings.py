"""What signing is told by the environment."""

from dataclasses import dataclass, field
from pathlib import Path

from fellesgrep.core.clock import Clock, SystemClock
from fellesgrep.core.registry import Slot
from fellesgrep.signing.seal_key import SealSettings


@dataclass(frozen=True)
class SigningSettings:
    """The municipality's seal, and where its key lies.

    `clock` tells the time of seals: the real one, also where the house's clock has been moved.
    """

    data_dir: Path
    seal: SealSettings
    clock: Clock = field(default_factory=SystemClock)


SIGNING: Slot[SigningSettings] = Slot("signing settings")
