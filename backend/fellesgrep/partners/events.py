"""What partners tell later packages."""

from dataclasses import dataclass

from fellesgrep.partners.models import Contact, Engagement


@dataclass(frozen=True)
class ContactAddressChanged:
    """The e-mail address of a contact person is another one now."""

    contact: Contact


@dataclass(frozen=True)
class ContactPhoneChanged:
    """The telephone number of a contact person is another one now."""

    contact: Contact


@dataclass(frozen=True)
class EngagementLogged:
    """A meeting, call, visit or e-mail was logged."""

    engagement: Engagement
