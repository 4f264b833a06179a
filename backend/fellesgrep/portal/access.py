"""The layer that asks what a link may do; the counterpart of `identity.access` for partners.

`allow_link("portal:sign", purpose="signing.request")` opens the link of the path, in a
transaction that acts as the link's contact person, or answers the same for every link that
does not open: unknown, expired, used up or of another purpose.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Annotated, Any

from fastapi import Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from fellesgrep.core.audit import SYSTEM, Actor
from fellesgrep.core.languages import Language
from fellesgrep.core.problems import Forbidden, Gone
from fellesgrep.core.tx import House, Tx
from fellesgrep.core.web import ReaderLanguage, TheHouse, own_origins
from fellesgrep.identity.access import Rule
from fellesgrep.identity.policy import EVERYONE, POLICY, Role, Scope
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.notifications.slots import ADDRESSES
from fellesgrep.portal import forms, frame, links
from fellesgrep.portal.models import PortalLink
from fellesgrep.portal.slots import PORTAL_PAGES, PortalPage


class LinkDoesNotOpen(Gone):
    """Unknown, expired, revoked, or made for something else: nobody is told which."""


@dataclass(frozen=True)
class LinkAccess:
    """A request through a link that opens: its transaction, and the link it came by."""

    tx: Tx
    link: PortalLink
    token: str
    language: Language
    chosen_language: Language | None
    step: str

    @property
    def own_page(self) -> PortalPage:
        """Return what the link's purpose shows."""
        return self.tx.house.registry.get(PORTAL_PAGES, self.link.purpose)

    def href(self, below: str = "", **query: str) -> str:
        """Return an address below the link that keeps the chosen language."""
        parts = dict(query)
        if self.chosen_language:
            parts["lang"] = self.chosen_language
        tail = "&".join(f"{name}={value}" for name, value in parts.items())
        return f"/p/{self.token}{below}" + (f"?{tail}" if tail else "")

    def page(self, name: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page of this link; its forms carry a fresh seal."""
        return frame.page(
            name,
            self.language,
            municipality=self.tx.house.settings(NOTIFICATIONS).municipality,
            path=self.href().partition("?")[0],
            status=status,
            href=self.href,
            keep=f"&step={self.step}" if self.step.isalpha() else "",
            seal=forms.seal_form(self.link),
            **values,
        )

    def back(self, **query: str) -> RedirectResponse:
        """Send the browser to the link's page, so that a reload repeats nothing."""
        return RedirectResponse(self.href(**query), 303, headers=frame.HEADERS)


def form_seal(
    key: Annotated[str, Form(max_length=100)], proof: Annotated[str, Form(max_length=100)]
) -> forms.FormSeal:
    """Read the hidden fields that every form of the portal carries."""
    return forms.FormSeal(key, proof)


Seal = Annotated[forms.FormSeal, Depends(form_seal)]
ChosenLanguage = Annotated[Language | None, Query(alias="lang")]


def _refuse_foreign(request: Request) -> None:
    """Refuse a form sent by another site's page.

    A page without referrer sends its own forms with the origin `null`: the seal of the form, and
    the secret in the path, tell it from a stranger's.
    """
    origin = request.headers.get("origin")
    own = {*own_origins(request), "null", None}
    site = request.headers.get("sec-fetch-site", "same-origin")
    if request.method == "POST" and (origin not in own or site in {"cross-site", "same-site"}):
        raise Forbidden("portal.problem.foreign_form")


def _open_link(tx: Tx, token: str, purpose: str | None) -> PortalLink:
    link = links.find(tx, token)
    fits = link is not None and (purpose is None or link.purpose == purpose)
    if link is not None and fits and links.is_open(link, tx.now()):
        return link
    raise LinkDoesNotOpen("portal.problem.link")


def client_address(request: Request) -> str:
    """Return the address that a request comes from, as limits count it.

    Of an IPv6 address the network alone: whoever has one has 2^64 addresses in it.
    """
    told = request.client.host if request.client else ""
    try:
        address = ip_address(told)
    except ValueError:
        return told
    if isinstance(address, IPv4Address):
        return told
    return str(address.ipv4_mapped or ip_network((address.packed[:8] + bytes(8), 64)))


def _language_of_contact(tx: Tx, link: PortalLink) -> Language:
    address = tx.house.registry.get(ADDRESSES, "contact")(tx.session, link.contact_id)
    return address.language if address else "nb"


def allow_link(action: str, *, purpose: str | None = None) -> Any:
    """Return the dependency of a route below `/p/{token}`."""
    if Scope.LINK not in POLICY[action].values() or Role.PARTNER not in POLICY[action]:
        raise LookupError(f"{action!r} is nothing that a link may do")

    def dependency(
        request: Request,
        token: str,
        house: TheHouse,
        lang: ChosenLanguage = None,
        step: Annotated[str, Query(max_length=20)] = "",
    ) -> Iterator[LinkAccess]:
        _refuse_foreign(request)
        with house.transaction(SYSTEM) as tx:
            link = _open_link(tx, token, purpose)
            language = lang or _language_of_contact(tx, link)
            contact = Actor("contact", link.contact_id)
            yield LinkAccess(tx.acting_as(contact), link, token, language, lang, step)

    dependency.rule = Rule(action)  # type: ignore[attr-defined]
    return Depends(dependency, scope="function")


@dataclass(frozen=True)
class AnyoneAccess:
    """A request to a page of the portal that needs no link."""

    tx: Tx
    language: Language
    address: str

    def page(self, name: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page."""
        return plain_page(self.tx.house, name, self.language, status=status, **values)


def plain_page(
    house: House,
    name: str,
    language: Language,
    /,
    *,
    status: int = 200,
    path: str = "/p/new-link",
    **values: Any,
) -> HTMLResponse:
    """Return a page that belongs to no link."""
    municipality = house.settings(NOTIFICATIONS).municipality
    return frame.page(name, language, municipality=municipality, path=path, status=status, **values)


def allow_anyone(action: str) -> Any:
    """Return the dependency of a portal route that needs no link."""
    if action not in EVERYONE:
        raise LookupError(f"{action!r} is not open to everyone")

    def dependency(
        request: Request,
        house: TheHouse,
        reader: ReaderLanguage,
        lang: ChosenLanguage = None,
    ) -> Iterator[AnyoneAccess]:
        _refuse_foreign(request)
        with house.transaction(SYSTEM) as tx:
            yield AnyoneAccess(tx, lang or reader, client_address(request))

    dependency.rule = Rule(action)  # type: ignore[attr-defined]
    return Depends(dependency, scope="function")
