"""`fellesgrep walk`: the whole mission through the public API, and what is left in the hand."""

import hashlib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pikepdf
import pytest

from tests.product import FELLESGREP, Product, environment, eventually, fellesgrep, free_port

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("product")]


@pytest.fixture(scope="module")
def said(product: Product, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the walk said, line by line."""
    folder = tmp_path_factory.mktemp("walk")
    done = fellesgrep(
        "walk", "--url", product.url, "--output", str(folder), data_dir=product.data_dir
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def sealed(said: list[str]) -> Path:
    """The sealed PDF, whose path is the last line."""
    return Path(said[-1])


def test_the_last_line_is_the_path_of_a_sealed_pdf_that_pdfsig_finds_valid(sealed: Path) -> None:
    report = _output("pdfsig", str(sealed))
    assert "Signature is Valid." in report
    assert "Total document signed" in report
    assert "Signature #2" not in report


def test_every_step_is_shown(said: list[str]) -> None:
    assert [line.split()[1] for line in said[:-1]] == [f"{n}/13" for n in range(1, 14)]


def test_its_text_holds_parties_amounts_and_signatories(sealed: Path) -> None:
    text = " ".join(_output("pdftotext", "-layout", str(sealed), "-").split())
    for expected in (
        "Solvik kommune", "Solbakken borettslag", "Bakken Anlegg AS",
        "420 000 kr", "210 000 kr", "100 000 kr", "30 000 kr", "40 000 kr", "10 000 kr",
        "Kari Solberg", "Ahmed Ali", "Lise Bakken",
    ):  # fmt: skip
        assert expected in text, expected


def test_the_pdf_that_was_shown_comes_out_unchanged(sealed: Path, product: Product) -> None:
    number = sealed.stem.removeprefix("fellesgrep-")
    with pikepdf.open(sealed) as pdf:
        attached = pdf.attachments[f"{number}-vist.pdf"]
        assert attached.obj.AFRelationship == "/Source"
        inside = attached.get_file().read_bytes()
    with logged_in(product) as client:
        (case,) = client.get("/api/v1/cases", params={"q": number}).json()["items"]
        documents = client.get(f"/api/v1/cases/{case['id']}/documents").json()
        signatures = client.get(f"/api/v1/cases/{case['id']}/signatures").json()
        (shown,) = (each for each in documents if each["kind"] == "shown")
        assert inside == client.get(shown["url"]).content
    assert {each["shown_sha256"] for each in signatures} == {hashlib.sha256(inside).hexdigest()}
    assert len(signatures) == 4


def test_the_case_tells_its_whole_way_and_stands_in_follow_up(
    sealed: Path, product: Product
) -> None:
    number = sealed.stem.removeprefix("fellesgrep-")
    with logged_in(product) as client:
        (case,) = client.get("/api/v1/cases", params={"q": number}).json()["items"]
        timeline = client.get(f"/api/v1/cases/{case['id']}/timeline").json()
        diagram = client.get(f"/api/v1/cases/{case['id']}/diagram").json()
    assert case["stage"] == "follow_up"
    told = {entry["kind"] for entry in timeline}
    assert told >= {
        "case:opened", "case:clarified", "case:party_added", "proposal:submitted",
        "decision:made", "agreement:approved", "signing:signed", "signing:countersigned",
        "agreement:sealed", "follow_up:started",
    }  # fmt: skip
    assert [one["process"] for one in diagram["processes"] if one["current"]][-1] == "follow_up"


def test_it_can_be_walked_again_on_the_same_server(product: Product, tmp_path: Path) -> None:
    again = fellesgrep(
        "walk", "--url", product.url, "--output", str(tmp_path), data_dir=product.data_dir
    )
    assert Path(again.stdout.splitlines()[-1]).is_relative_to(tmp_path)


def test_a_server_with_a_real_log_in_is_refused_in_one_line(product: Product) -> None:
    real = {"OIDC_ISSUER": "https://id.example", "OIDC_CLIENT_ID": "fellesgrep"}
    with serving(product.data_dir, **real) as url:
        done = fellesgrep("walk", "--url", url, data_dir=product.data_dir)
    assert done.returncode == 1
    assert "development mode" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout.splitlines() == []


def test_where_nobody_answers_is_said_in_one_line(tmp_path: Path) -> None:
    done = fellesgrep("walk", "--url", "http://127.0.0.1:9", data_dir=tmp_path)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


@contextmanager
def logged_in(product: Product) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=product.url, timeout=30) as client:
        people = client.get("/api/v1/login-options").json()["people"]
        client.post("/api/v1/development-login", json={"person_id": people[0]["id"]})
        yield client


@contextmanager
def serving(data_dir: Path, **settings: str) -> Iterator[str]:
    """An API of its own beside the product's, on the same data."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [*FELLESGREP, "serve"],
        env=environment(data_dir, PORT=str(port), **settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        eventually(lambda: answers(url))
        yield url
    finally:
        process.terminate()
        process.wait(30)


def answers(url: str) -> bool:
    try:
        return httpx2.get(f"{url}/health/live").is_success
    except httpx2.HTTPError:
        return False


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
