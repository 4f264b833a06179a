"""What `doctor` looks at, one function each; every answer says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fellesgrep.settings import Settings

OLDEST_POSTGRES = 150000
CLOCK_TOLERANCE_SECONDS = 5
ROOM_BYTES = 2_000_000_000


class State(Enum):
    """How something is."""

    GOOD = "good"
    NOTE = "note"  # works, and somebody should know
    BAD = "bad"  # needed, and missing


@dataclass(frozen=True)
class Finding:
    """What was looked at, and what was seen."""

    state: State
    what: str
    words: str


def mode(settings: Settings) -> Finding:
    """Development or production, and where."""
    words = f"{settings.mode}, at {settings.own_url}, data in {settings.data_dir.resolve()}"
    return Finding(State.NOTE if settings.development else State.GOOD, "Mode", words)


def database(settings: Settings, url: str) -> Iterator[Finding]:
    """Reach, version, schema, clock and workers."""
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.exc import OperationalError

    from fellesgrep.core.migrate import at_head

    kind = "embedded" if settings.database_url is None else make_url(url).render_as_string()
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield _postgres(connection, kind)
            if at_head(engine):
                yield Finding(State.GOOD, "Schema", "at this version's")
                yield _workers(settings, connection)
            else:
                yield Finding(State.BAD, "Schema", "not this version's: run `fellesgrep migrate`")
            yield _clock(connection)
    except OperationalError as error:
        reason = str(error.orig).splitlines()[0]
        yield Finding(State.BAD, "Database", f"{kind} does not answer: {reason}")
    finally:
        engine.dispose()


def _postgres(connection: Connection, kind: str) -> Finding:
    from sqlalchemy import text

    number, version = connection.execute(
        text("select current_setting('server_version_num')::int, current_setting('server_version')")
    ).one()
    if number < OLDEST_POSTGRES:
        return Finding(State.BAD, "Database", f"PostgreSQL {version} ({kind}); needs 15 or newer")
    return Finding(State.GOOD, "Database", f"PostgreSQL {version} ({kind})")


def _workers(settings: Settings, connection: Connection) -> Finding:
    from sqlalchemy import text

    alive, waiting = connection.execute(
        text(
            "select (select count(*) from procrastinate_workers"
            " where last_heartbeat > now() - interval '30 seconds'),"
            " (select count(*) from procrastinate_jobs"
            " where status = 'todo' and coalesce(scheduled_at, now()) <= now())"
        )
    ).one()
    if alive:
        return Finding(State.GOOD, "Worker", f"{alive} running, {waiting} jobs due")
    words = (
        f"none running now ({waiting} jobs due); `fellesgrep up` or `fellesgrep worker` runs one"
    )
    return Finding(State.NOTE if settings.development else State.BAD, "Worker", words)


def _clock(connection: Connection) -> Finding:
    from sqlalchemy import text

    before = datetime.now(UTC)
    there = connection.execute(text("select clock_timestamp()")).scalar_one()
    apart = max((before - there).total_seconds(), (there - datetime.now(UTC)).total_seconds(), 0)
    if apart > CLOCK_TOLERANCE_SECONDS:
        words = f"{apart:.0f} s apart from the database's; let both follow a time server"
        return Finding(State.BAD, "Clock", words)
    return Finding(State.GOOD, "Clock", f"{before:%Y-%m-%d %H:%M:%S} UTC, as the database's")


def documents(settings: Settings) -> Finding:
    """Make a real page, with the letters that Norwegian needs."""
    try:
        from markupsafe import Markup

        from fellesgrep.documents.models import Branding, HtmlDocument
        from fellesgrep.documents.render import render_pdf
    except OSError as error:  # a shared library that WeasyPrint loads
        lost = str(error).splitlines()[0]
        words = f"{lost}; Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        return Finding(State.BAD, "PDF", words)
    content = Markup("<p>Æøå ÆØÅ, ŋ á š: prøve</p>")
    pdf = render_pdf(
        HtmlDocument("Prøve", "nb", content),
        branding=Branding(municipality=settings.municipality_name),
        source_date=datetime(2026, 1, 1, tzinfo=UTC),
        identifier="doctor",
    )
    return Finding(State.GOOD, "PDF", f"libraries and fonts are there ({len(pdf) // 1000} kB page)")


def user_interface(settings: Settings) -> Finding:
    """Is it built?"""
    from fellesgrep.site import ADMIN

    if (ADMIN / "index.html").exists():
        return Finding(State.GOOD, "User interface", "built")
    return Finding(State.BAD, "User interface", "not built: `make run` builds it")


def log_in(settings: Settings) -> Finding:
    """Who lets people in?"""
    identity = settings.for_identity()
    if identity.oidc is not None:
        return Finding(State.GOOD, "Log-in", f"OpenID Connect by {identity.oidc.issuer}")
    words = "development log-in: anybody on this machine may be anybody"
    return Finding(State.NOTE, "Log-in", words)


def id_porten(settings: Settings) -> Finding:
    """Can partners log in to sign?"""
    from fellesgrep.identity import eid

    what, found = "ID-porten", settings.for_identity().eid
    if found is None:
        return Finding(State.NOTE, what, "not set up: nobody can be asked to log in to sign")
    try:
        eid.load_key(found)
    except (OSError, ValueError) as error:
        return Finding(State.BAD, what, f"FELLESGREP_EID_KEY_FILE: {error}")
    try:
        return Finding(State.GOOD, what, f"{found.acr}, at {eid.look(found)}")
    except eid.EidFailed as error:
        return Finding(State.BAD, what, f"{found.issuer} does not answer as it should: {error}")


def signing(settings: Settings, url: str) -> Iterator[Finding]:
    """Can people sign as the rules of this installation demand?"""
    from fellesgrep.app import make_house
    from fellesgrep.core.migrate import at_head
    from fellesgrep.signing.set_up import not_set_up

    house = make_house(settings, url)
    try:
        if not at_head(house.database.engine):
            yield Finding(State.NOTE, "Signing", "not looked at: the schema is another version's")
            return
        with house.transaction() as tx:
            lacking = not_set_up(tx)
    finally:
        house.database.close()
    for method, setting in lacking.items():
        yield Finding(State.BAD, "Signing", unmet(method, setting))
    if not lacking:
        yield Finding(State.GOOD, "Signing", "every method that the signature policy demands")


def unmet(method: str, setting: str) -> str:
    """Say that a method is demanded and cannot be used, and what to do."""
    return (
        f"the signature policy demands {method}, which is not set up ({setting} is missing): "
        "agreements that need it cannot be sent out. Set it, or change the policy"
    )


def seal(settings: Settings) -> Iterator[Finding]:
    """Seal a page and look whether the seal holds."""
    from fellesgrep.signing.seal_key import load_or_create_seal_key
    from fellesgrep.signing.seal_self_test import self_test

    now = datetime.now(UTC)
    group = settings.for_signing()
    key = load_or_create_seal_key(group.data_dir, group.seal, now=now)
    wrong = self_test(key, "en", now=now)
    for words in wrong:
        yield Finding(State.BAD, "Seal", words)
    if not wrong:
        certificate = key.certificate
        self_made = certificate.issuer == certificate.subject
        maker = "the installation's own certificate" if self_made else "a bought certificate"
        until = certificate.not_valid_after_utc
        yield Finding(State.GOOD, "Seal", f"{maker}, valid until {until:%Y-%m-%d}")


def time_stamps(settings: Settings) -> Iterator[Finding]:
    """Do the authorities stamp, and is what they give trusted here?"""
    from fellesgrep.signing.time_stamps import try_each

    what = "Time stamps"
    try:
        stamping = settings.for_stamping()
    except ValueError as error:
        yield Finding(
            State.BAD, what, f"FELLESGREP_SEAL_TSA_ROOTS or FELLESGREP_SEAL_ROOTS: {error}"
        )
        return
    if stamping is None:
        yield Finding(State.NOTE, what, "no authority (FELLESGREP_SEAL_TSA_URLS): seals are B-B")
        return
    tried = list(try_each(stamping))
    # One that stamps is enough: the others are asked where it does not.
    lacking = State.NOTE if any(not why for _, why in tried) else State.BAD
    for place, why in tried:
        words = f"{place} gives no time stamp that is trusted here: {why}" if why else place
        yield Finding(lacking if why else State.GOOD, what, words)


def mail(settings: Settings, to: str) -> Finding:
    """Where mail goes, and whether one that is sent now leaves."""
    from smtplib import SMTPException

    from fellesgrep.core.ids import new_id
    from fellesgrep.notifications.trial import send_trial

    group = settings.for_notifications()
    by_server = group.transport == "smtp"
    way = "by the mail server" if by_server else f"no server: into {group.outbox.resolve()}"
    if not to:
        words = f"{way}; --mail-to ADDRESS tries it"
        return Finding(State.GOOD if by_server else State.NOTE, "Mail", words)
    try:
        send_trial(group, to, "nb", id_=new_id(), now=datetime.now(UTC))
    except (ValueError, SMTPException, OSError) as error:
        return Finding(State.BAD, "Mail", f"{way}: the test mail was not taken: {error}")
    return Finding(State.GOOD, "Mail", f"{way}: the test mail to {to} was taken")


def text_messages(settings: Settings, to: str) -> Finding:
    """Where text messages go, and whether one that is sent now is taken."""
    from httpx2 import HTTPError

    from fellesgrep.core.ids import new_id
    from fellesgrep.notifications.phones import mobile
    from fellesgrep.notifications.sms import Sms, SmsRefused, post

    service = settings.for_notifications().sms
    if service is None:
        words = "no provider (FELLESGREP_SMS_URL): the signing method sms_code cannot be used"
        if settings.development:
            words = "no provider (FELLESGREP_SMS_URL): into the outbox"
        return Finding(State.NOTE, "Text messages", words)
    if not to:
        return Finding(State.GOOD, "Text messages", f"{service.url}; --sms-to NUMBER tries it")
    number = mobile(to)
    if not number:
        return Finding(State.BAD, "Text messages", f"{to} is no mobile number")
    try:
        post(Sms(str(new_id()), number, "", settings.municipality_name), service)
    except (SmsRefused, HTTPError) as error:
        return Finding(State.BAD, "Text messages", f"{service.url}: not taken: {error}")
    return Finding(State.GOOD, "Text messages", f"{service.url}: the message to {number} was taken")


def time_and_place(settings: Settings) -> Finding:
    """Deadlines end in Norway."""
    try:
        ZoneInfo("Europe/Oslo")
    except ZoneInfoNotFoundError:
        return Finding(State.BAD, "Time zone", "Europe/Oslo is unknown: pip install tzdata")
    if settings.clock_file is not None:
        return Finding(State.NOTE, "Time zone", f"the time is read from {settings.clock_file}")
    return Finding(State.GOOD, "Time zone", "Europe/Oslo is known")


def room(settings: Settings) -> Finding:
    """Is there room for data?"""
    folder = settings.data_dir.resolve()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    words = f"{free / 1e9:.1f} GB free for {settings.data_dir.resolve()}"
    return Finding(State.GOOD if free > ROOM_BYTES else State.BAD, "Room", words)
