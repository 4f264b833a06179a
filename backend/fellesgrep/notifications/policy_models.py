"""What municipality, agreement types and single agreements decided about notices."""

from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fellesgrep.core.db import Base, Editable, one_of


class NoticeRule(Base, Editable):
    """What one level decided. `key` names the agreement type or the case; "" the municipality."""

    __tablename__ = "notice_rule"
    __table_args__ = (
        UniqueConstraint("level", "key"),
        CheckConstraint(one_of("level", ("municipality", "template", "agreement")), name="level"),
    )
    level: Mapped[str]
    key: Mapped[str] = mapped_column(default="")
    decided: Mapped[dict[str, Any]] = mapped_column(default=dict)
