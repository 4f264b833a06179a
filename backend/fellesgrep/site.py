"""What belongs to no feature: health, the texts of the screens, the built admin."""

from pathlib import Path

import psycopg
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from fellesgrep.core.jobs import ping
from fellesgrep.core.languages import Language, texts
from fellesgrep.core.migrate import at_head
from fellesgrep.core.problems import NotFound
from fellesgrep.core.published_schemas import PUBLISHED_SCHEMAS, published
from fellesgrep.core.web import TheHouse
from fellesgrep.identity.access import public_without_database

router = APIRouter(tags=["site"])
ADMIN = Path(__file__).parents[2] / "frontend" / "dist" / "admin"
PORTAL_ASSETS = Path(__file__).parents[2] / "frontend" / "dist" / "portal"


@router.get("/health/live", dependencies=[public_without_database("health:read")])
def live() -> dict[str, str]:
    """Tell that the process answers."""
    return {"status": "live"}


@router.get("/health/ready", dependencies=[public_without_database("health:read")])
def ready(house: TheHouse) -> JSONResponse:
    """Tell whether work can be done: the database answers and its schema is this version's."""
    try:
        ping(house.database.url)
        database = "ok"
        migrations = "ok" if at_head(house.database.engine) else "behind"
    except psycopg.Error:
        database, migrations = "unreachable", "unknown"
    admin = "ok" if (ADMIN / "index.html").exists() else "not built"
    checks = {"database": database, "migrations": migrations, "admin": admin}
    good = all(state == "ok" for state in checks.values())
    body = {"status": "ready" if good else "not ready", "checks": checks}
    return JSONResponse(body, 200 if good else 503)


@router.get("/api/v1/texts/{language}", dependencies=[public_without_database("texts:read")])
def texts_of(language: Language) -> dict[str, str]:
    """Return every text of a language by its key, for the admin."""
    return dict(texts(language))


@router.get("/schemas/{name}", dependencies=[public_without_database("site:read")])
def published_schema(name: str, request: Request, house: TheHouse) -> JSONResponse:
    """Return the JSON Schema of what stands as JSON in sealed files, by its name."""
    file = house.registry.all(PUBLISHED_SCHEMAS).get(name)
    if file is None:
        raise NotFound("core.problem.not_found")
    schema = published(file, request.app.state.public_url)
    return JSONResponse(schema, media_type="application/schema+json")


def _built(path: str) -> Path | None:
    try:
        file = (ADMIN / path).resolve()
        return file if path and file.is_file() and file.is_relative_to(ADMIN.resolve()) else None
    except (ValueError, OSError):  # no name that a file can have
        return None


def admin_file(path: str) -> Response:
    """Return a file of the built admin; any other address is the admin itself."""
    file = _built(path)
    if file is not None:
        immutable = path.startswith("assets/")
        cache = "public, max-age=31536000, immutable" if immutable else "no-cache"
        return FileResponse(file, headers={"cache-control": cache})
    index = ADMIN / "index.html"
    if not index.exists() or path.startswith("api/"):
        raise NotFound("core.problem.not_found")
    return FileResponse(index, headers={"cache-control": "no-cache"})


@router.get(
    "/{path:path}",
    include_in_schema=False,
    dependencies=[public_without_database("site:read")],
)
def admin(path: str, request: Request) -> Response:
    """Serve the admin."""
    return admin_file(path)
