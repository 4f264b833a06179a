"""The models of published schemas; run as a program it writes the file of a new one.

`python -m tests.contract_templates.schemas`. A file that is there is published and stays as it is:
what must look otherwise is a new model with the next number.
"""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from fellesgrep.agreements import record
from fellesgrep.core.published_schemas import shape_of
from fellesgrep.signing import evidence_record

MODELS: Mapping[Path, type[BaseModel]] = {
    record.FILE: record.AgreementData,
    evidence_record.FILE: evidence_record.Evidence,
}

if __name__ == "__main__":
    for file, model in MODELS.items():
        if not file.exists():
            file.write_text(shape_of(model), "utf-8")
