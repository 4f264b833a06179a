"""Measure every figure: python -m tests.bench [NAME …]. Writes build/bench.json and bench.html."""

import importlib
import json
import sys
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from tests.bench.figures import FIGURES, Figure
from tests.product import fresh_data_dir

BUILD = Path(__file__).parents[2] / "build"
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Fellesgrep: figures</title>
<style>body{{font:16px/1.5 sans-serif;margin:2rem auto;max-width:60rem}}
table{{border-collapse:collapse;width:100%}}td,th{{padding:.4rem .6rem;text-align:left;
border-bottom:1px solid #ddd}}td.n{{text-align:right}}.over{{color:#a40000;font-weight:600}}</style>
<h1>Figures</h1><p>Measured {when} UTC.</p>
<table><tr><th>figure<th>measured<th>bound<th>meaning</tr>{rows}</table></html>
"""


def main(names: list[str]) -> int:
    """Measure; 0 when every figure was measured, whether or not it holds."""
    for module in sorted(Path(__file__).parent.glob("measure_*.py")):
        importlib.import_module(f"tests.bench.{module.stem}")
    measured: dict[str, float] = {}
    for figure in [FIGURES[name] for name in names] if names else FIGURES.values():
        try:
            with fresh_data_dir() as data_dir:
                measured[figure.name] = round(figure.measure(data_dir), 4)
        except Exception as error:  # noqa: BLE001 (the others are measured all the same)
            print(f"✗ {figure.name}: not measured: {error}", flush=True)
            continue
        print(_line(figure, measured[figure.name]), flush=True)
    if not names:
        _write(measured)
    return 0 if len(measured) == len(names or FIGURES) else 1


def _line(figure: Figure, value: float) -> str:
    mark = "✓" if figure.holds(value) else "!"
    limit = "at most" if figure.better == "lower" else "at least"
    return f"{mark} {figure.name} = {value:g} {figure.unit} ({limit} {figure.bound:g})"


def _write(measured: dict[str, float]) -> None:
    BUILD.mkdir(exist_ok=True)
    (BUILD / "bench.json").write_text(json.dumps(measured, indent=2) + "\n")
    rows = "".join(
        f"<tr><td>{name}<td class='n{'' if FIGURES[name].holds(value) else ' over'}'>{value:g} "
        f"{FIGURES[name].unit}<td class=n>{'≤' if FIGURES[name].better == 'lower' else '≥'} "
        f"{FIGURES[name].bound:g}<td>{escape(FIGURES[name].meaning)}</tr>"
        for name, value in measured.items()
    )
    page = PAGE.format(when=f"{datetime.now(UTC):%Y-%m-%d %H:%M}", rows=rows)
    (BUILD / "bench.html").write_text(page)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
