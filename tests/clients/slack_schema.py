"""JSON Schemas made from the types that Slack publishes for Node: what a block, a view or an argument of a method looks like.

They hold names, types and what is required, not lengths or counts: those are in `slack_rules.py`.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
from typing import Any

from jsonschema import Draft7Validator
from node_tools import HERE, SECONDS, needed

GENERATOR = HERE / "node_modules" / ".bin" / "ts-json-schema-generator"


@functools.cache
def schema_of(package: str, type_name: str) -> dict[str, Any]:
    """The schema of a type that a Node package exports, made once a session. Skips the test where Node is missing."""
    needed()
    types = HERE / "node_modules" / package / "dist" / "index.d.ts"
    command = [str(GENERATOR), "--path", str(types), "--type", type_name, "--no-type-check"]
    ran = subprocess.run(command, cwd=HERE, env=os.environ, capture_output=True, text=True, timeout=SECONDS, check=True)
    schema: dict[str, Any] = json.loads(ran.stdout)
    return schema


@functools.cache
def _validator(package: str, type_name: str, part: str) -> Draft7Validator:
    schema = schema_of(package, type_name)
    if part not in schema["definitions"]:
        raise LookupError(f"{type_name} of {package} is not made of any {part}")
    return Draft7Validator(schema | {"$ref": f"#/definitions/{part}"})


def against(package: str, type_name: str, value: object, *, part: str = "") -> list[str]:
    """What the schema of that type finds wrong with a value; `part` is another type that it is made of."""
    found = _validator(package, type_name, part or type_name).iter_errors(value)
    return [f"{error.json_path}: {error.message}"[:400] for error in found]
