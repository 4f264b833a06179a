"""Somebody of the municipality, logged in and calling the API."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpx2

from fellesgrep.core.refusals import Refusal

T = TypeVar("T")
Json = dict[str, Any]


def until(found: Callable[[], T | None], what: str, *, seconds: float = 60) -> T:
    """Ask again and again, as the worker does its part in its own time."""
    give_up_at = time.monotonic() + seconds
    while (answer := found()) is None:
        if time.monotonic() > give_up_at:
            raise Refusal(f"Waited {seconds:.0f} s in vain for {what}. Does the worker run?")
        time.sleep(0.1)
    return answer


def client_for(url: str) -> httpx2.Client:
    """Return a client that speaks bokmål to a server."""
    return httpx2.Client(base_url=url, headers={"accept-language": "nb"}, timeout=30)


def checked(response: httpx2.Response) -> httpx2.Response:
    """Return a good answer; what the server says about a bad one becomes a `Refusal`."""
    if response.is_success:
        return response
    try:
        problem = response.json()
        said = [problem["detail"], *(error["detail"] for error in problem.get("errors", []))]
    except ValueError:
        said = [response.text[:200]]
    request = response.request
    raise Refusal(f"{request.method} {request.url.path}: {response.status_code} {' '.join(said)}")


def people_of(url: str) -> list[Json]:
    """Return whom one may log in as; refuses any server but one in development mode."""
    with client_for(url) as client:
        try:
            options = checked(client.get("/api/v1/login-options")).json()
            development = options["development"]
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, LookupError, TypeError) as error:
            raise Refusal(f"There is no Fellesgrep at {url} ({error}).") from None
    if not development:
        raise Refusal(f"{url} is no server in development mode; the walk goes nowhere else.")
    return list(options["people"])


class Colleague:
    """A log-in, with the few ways in which the API is used."""

    def __init__(self, url: str, person: Json) -> None:
        self.person = person
        self._client = client_for(url)
        checked(self._client.post("/api/v1/development-login", json={"person_id": person["id"]}))

    def get(self, path: str, **query: Any) -> Any:
        """Read."""
        return checked(self._client.get(f"/api/v1{path}", params=query)).json()

    def download(self, path: str) -> bytes:
        """Read a file."""
        return checked(self._client.get(path)).content

    def post(self, path: str, **body: Any) -> Any:
        """Register something new, or act."""
        return checked(self._client.post(f"/api/v1{path}", json=body)).json()

    def replace(self, path: str, **body: Any) -> Any:
        """Set the whole of something, on top of the version that is there now."""
        version = self.get(path)["version"]
        return checked(
            self._client.put(f"/api/v1{path}", json=body, headers={"if-match": str(version)})
        ).json()

    def complete(self, task: Json, **answers: Any) -> Any:
        """Complete a task with the answers of its form."""
        return checked(
            self._client.post(
                f"/api/v1/tasks/{task['id']}/complete",
                json={"answers": answers},
                headers={"if-match": str(task["version"])},
            )
        ).json()

    def task(self, case_id: str, element: str) -> Json:
        """Return the open task of a case's step; steps done by the worker are waited for."""

        def find() -> Json | None:
            tasks = self.get("/tasks", subject_id=case_id)["items"]
            return next((task for task in tasks if task["element"] == element), None)

        return until(find, f"the task {element}")

    def newest_mail(self, to: str, after: str = "") -> Json:
        """Return the newest mail to an address from the development outbox, not one up to `after`.

        The names of mails begin with the time.
        """

        def find() -> Json | None:
            mails = self.get("/outbox", per_page=50)["items"]
            fits = (mail for mail in mails if to in mail["to"] and mail["name"] > after)
            return next(fits, None)

        found = until(find, f"mail to {to}")
        return dict(self.get(f"/outbox/{found['name']}"))

    def close(self) -> None:
        """Put the connection away."""
        self._client.close()
