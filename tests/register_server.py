"""A server that answers as the registers in Brønnøysund are documented to, on this machine."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Person = tuple[str, str, str]
"""Name, birth date, role code."""

ROLES = {
    "LEDE": "Styrets leder",
    "NEST": "Nestleder",
    "MEDL": "Styremedlem",
    "VARA": "Varamedlem",
    "DAGL": "Daglig leder/administrerende direktør",
}


def signature_answer(
    *combinations: Sequence[Person],
    words: str = "",
    routine: str = "OK",
    form: str = "BRL",
    **unit: object,
) -> dict[str, Any]:
    """Return an answer of `/fullmakt/enheter/{orgnr}/signatur`."""
    found = bool(combinations)
    answer: dict[str, Any] = {
        "oppslagsData": {"oppslagsTidspunkt": "2026-03-02T12:00:00", "oppslagsIdent": "4838851"},
        "status": {
            "rutineStatus": {"kode": routine, "tekstforklaring": "Maskinelt oppslag."},
            "kombinasjonStatus": {"kode": "OK" if found else "IK", "tekstforklaring": ""},
            "regelStatus": {"kode": "RF" if found else "RI", "regelIdent": None},
        },
        "enhet": {
            "organisasjonsnummer": "810000009",
            "navn": "SOLBAKKEN BORETTSLAG",
            "organisasjonsform": {"kode": form, "beskrivelse": ""},
            "konkurs": "false",
            "underAvvikling": "false",
            "underTvangsavviklingEllerTvangsopplosning": "false",
        }
        | unit,
        "signeringsGrunnlag": {
            "kode": "SF",
            "signaturProkuraRoller": {"signaturProkuraFritekst": words} if words else None,
        },
    }
    if found:
        answer["signeringsKombinasjon"] = {
            "kombinasjon": [
                {
                    "kode": "R0012",
                    "tekstforklaring": words or "Styret i fellesskap",
                    "kombinasjonsId": str(number),
                    "personRolleKombinasjon": [
                        {
                            "navn": name,
                            "fodselsdato": born,
                            "rolle": {"kode": role, "tekstforklaring": ROLES[role]},
                        }
                        for name, born, role in people
                    ],
                }
                for number, people in enumerate(combinations, 1)
            ]
        }
    return answer


def roles_answer(*people: Person, gone: Sequence[str] = ()) -> dict[str, Any]:
    """Return an answer of `/enhetsregisteret/api/enheter/{orgnr}/roller`: the board."""

    def role(person: Person) -> dict[str, Any]:
        name, born, kode = person
        first, *middle, last = name.split()
        return {
            "type": {"kode": kode, "beskrivelse": ROLES[kode]},
            "person": {
                "fodselsdato": born,
                "navn": {
                    "fornavn": first,
                    "mellomnavn": " ".join(middle) or None,
                    "etternavn": last,
                },
                "erDoed": False,
            },
            "fratraadt": name in gone,
            "rekkefolge": 0,
        }

    group = {"type": {"kode": "STYR", "beskrivelse": "Styre"}, "sistEndret": "2025-06-18"}
    auditor = {
        "type": {"kode": "REVI", "beskrivelse": "Revisor"},
        "roller": [
            {
                "type": {"kode": "REVI", "beskrivelse": "Revisor"},
                "enhet": {"organisasjonsnummer": "999999999", "navn": ["REVISJON AS"]},
            }
        ],
    }
    return {"rollegrupper": [group | {"roller": [role(each) for each in people]}, auditor]}


@dataclass
class RegisterServer:
    """What it answers: a body, a status, or raw bytes; nothing is 404."""

    url: str
    signature: Any = None
    roles: Any = None
    asked: list[str] = field(default_factory=list)
    hurry: threading.Event = field(default_factory=threading.Event)

    @property
    def fullmakt_url(self) -> str:
        return f"{self.url}/fullmakt"

    @property
    def enhetsregisteret_url(self) -> str:
        return f"{self.url}/enhetsregisteret/api"


@contextmanager
def register_server() -> Iterator[RegisterServer]:
    """Run the registers until the end of the block."""
    state = RegisterServer("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            answer = state.signature if self.path.endswith("/signatur") else state.roles
            if answer == "silence":
                state.hurry.wait(30)
                return
            status = answer if isinstance(answer, int) else 200 if answer is not None else 404
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.hurry.set()
        server.shutdown()
        server.server_close()
