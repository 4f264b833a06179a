"""Puts the house together. Nothing imports this but the command line and the tests."""

import uuid
from collections.abc import Callable

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from fellesgrep.agreements import feature as agreements
from fellesgrep.areas import feature as areas
from fellesgrep.cases import feature as cases
from fellesgrep.contract_templates import feature as contract_templates
from fellesgrep.contract_templates.settings import CONTRACTS
from fellesgrep.core import feature as core
from fellesgrep.core.body_size import LimitBodies
from fellesgrep.core.db import Database
from fellesgrep.core.headers import SafeHeaders, protect
from fellesgrep.core.jobs import InlineQueue, JobQueue, ProcrastinateQueue
from fellesgrep.core.problems import Problem
from fellesgrep.core.registry import Registry
from fellesgrep.core.retrying import RetryLostRaces
from fellesgrep.core.tx import House
from fellesgrep.core.web import ROUTERS, add_problem_handlers, problem_response
from fellesgrep.decisions import feature as decisions
from fellesgrep.follow_up import feature as follow_up
from fellesgrep.funding import feature as funding
from fellesgrep.identity import feature as identity
from fellesgrep.identity.settings import IDENTITY
from fellesgrep.notifications import feature as notifications
from fellesgrep.notifications.settings import NOTIFICATIONS
from fellesgrep.overview import feature as overview
from fellesgrep.partners import feature as partners
from fellesgrep.portal import feature as portal
from fellesgrep.proposals import feature as proposals
from fellesgrep.settings import Settings
from fellesgrep.signing import feature as signing
from fellesgrep.signing.settings import SIGNING
from fellesgrep.site import PORTAL_ASSETS
from fellesgrep.site import router as site
from fellesgrep.strategy import feature as strategy
from fellesgrep.workflow import feature as workflow

FEATURES: tuple[Callable[[Registry], None], ...] = (
    core.register,
    identity.register,
    notifications.register,
    portal.register,
    areas.register,
    partners.register,
    workflow.register,
    cases.register,
    strategy.register,
    contract_templates.register,
    funding.register,
    proposals.register,
    decisions.register,
    agreements.register,
    signing.register,
    follow_up.register,
    overview.register,
)

log = structlog.get_logger(__name__)


def make_registry(settings: Settings, *, closed_outbox: bool = False) -> Registry:
    """Return a registry with every feature's contributions and settings."""
    registry = Registry()
    registry.put(IDENTITY, "settings", settings.for_identity())
    registry.put(CONTRACTS, "settings", settings.for_contract_templates())
    registry.put(NOTIFICATIONS, "settings", settings.for_notifications(closed=closed_outbox))
    registry.put(SIGNING, "settings", settings.for_signing())
    for register in FEATURES:
        register(registry)
    return registry


def make_house(
    settings: Settings,
    database_url: str,
    *,
    inline_jobs: bool = False,
    closed_outbox: bool = False,
) -> House:
    """Return the assembled application on a database, for the API, the worker or the demo."""
    registry = make_registry(settings, closed_outbox=closed_outbox)
    jobs: JobQueue = InlineQueue(registry) if inline_jobs else ProcrastinateQueue(registry)
    return House(registry, Database(database_url), settings.make_clock(), jobs)


def create_app(settings: Settings, house: House) -> FastAPI:
    """Return the API, the portal and the built admin as one ASGI application."""
    app = FastAPI(
        title="Fellesgrep",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.house = house
    app.state.public_url = settings.own_url
    add_problem_handlers(app)
    app.add_middleware(LimitBodies)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(SafeHeaders)
    app.add_middleware(RetryLostRaces)

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> Response:
        reference = uuid.uuid4().hex[:8]
        # The route's own path: an address of the portal is a secret of its partner's.
        route = getattr(request.scope.get("route"), "path", "")
        log.error("unexpected", reference=reference, route=route, exc_info=error)
        problem = Problem("core.problem.unexpected", reference=reference)
        problem.status = 500
        answer = problem_response(request, problem)
        protect(answer.headers, request.url.path)  # made outside of all middleware
        return answer

    for router in house.registry.all(ROUTERS).values():
        app.include_router(router)
    app.mount("/static/portal", StaticFiles(directory=PORTAL_ASSETS, check_dir=False))
    app.include_router(site)
    return app
