"""Holds the published schemas against the decoder and the engine.

usage: schema_test.py <top of the repository> <door_lines program>

Whatever the decoder accepts the schemas accept; what the decoder refuses the schemas refuse, but for
what JSON Schema cannot say; and every answer is what the schema of answers promises.
"""

import copy
import json
import os
import subprocess
import sys
import unittest

from jsonschema import Draft202012Validator, RefResolver

TOP, DOOR = sys.argv[1], sys.argv[2]
FOLDER = os.path.join(TOP, "core", "json", "schema")
SCENARIOS = os.path.join(TOP, "tests", "scenarios")
NAMES = ["account", "answer", "cart", "catalog", "common", "intent", "quote", "request"]

# What only the decoder can see: ids that stand twice, references, currencies that exist or agree.
BEYOND_SCHEMAS = {
    "DUPLICATE_ID", "UNKNOWN_REFERENCE", "CURRENCY_UNKNOWN", "CURRENCY_MISMATCH",
}


def read_json(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return json.load(file)


SCHEMAS = {name: read_json(FOLDER, name + ".schema.json") for name in NAMES}
STORE = {schema["$id"]: schema for schema in SCHEMAS.values()}


def validator(name):
    schema = SCHEMAS[name]
    return Draft202012Validator(
        schema, resolver=RefResolver(schema["$id"], schema, store=STORE))


def door(requests, *arguments):
    """The answers to requests, in order."""
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    run = subprocess.run([DOOR, *arguments], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(requests)
    return answers


def sample():
    run = subprocess.run([DOOR, "sample"], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def scenario_requests():
    """The requests of all scenarios that are well-formed documents, by name."""
    requests = {}
    for name in sorted(os.listdir(SCENARIOS)):
        if not name.endswith(".json"):
            continue
        scenario = read_json(SCENARIOS, name)
        if "cart" not in scenario and "catalog" not in scenario:
            continue
        catalog = scenario.get("catalog")
        if isinstance(catalog, str):
            catalog = read_json(SCENARIOS, catalog)
        request = {key: scenario[key]
                   for key in ("account", "cart", "intent", "now", "resolved", "want")
                   if key in scenario}
        if catalog is not None:
            request["catalog"] = catalog
        requests[name] = request
    return requests


def places(value, path=()):
    """The path of every value in a document."""
    yield path
    children = value.items() if isinstance(value, dict) else (
        enumerate(value) if isinstance(value, list) else ())
    for key, child in children:
        yield from places(child, path + (key,))


def changed(document, path, value):
    document = copy.deepcopy(document)
    parent = document
    for step in path[:-1]:
        parent = parent[step]
    if value is REMOVED:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return document


REMOVED = object()
WRONG = [REMOVED, None, True, 0, -1, 1.5, 1.0, 10**9 + 1, 10**12 + 1, "", "?", "x" * 2000, [], {},
         ["x"] * 1001, [""], {"x": 1}]


class Schemas(unittest.TestCase):
    maxDiff = None

    def test_are_schemas(self):
        for name, schema in SCHEMAS.items():
            with self.subTest(name):
                Draft202012Validator.check_schema(schema)

    def test_are_all_read(self):
        found = {name[:-len(".schema.json")] for name in os.listdir(FOLDER)}
        self.assertEqual(found, set(NAMES))

    def test_agree_with_the_decoder_on_scenarios(self):
        requests = scenario_requests()
        self.assertGreater(len(requests), 100)
        validate = validator("request")
        validate_answer = validator("answer")
        answers = door(requests.values()) + door(requests.values(), "optimize")
        for (name, request), answer in zip(list(requests.items()) * 2, answers):
            with self.subTest(name):
                error = None if answer["ok"] else answer["error"]
                if error is None:
                    self.assertEqual([e.message for e in validate.iter_errors(request)], [])
                elif error["path"] == "/catalog" and "catalog" not in request:
                    pass  # the schema of requests allows for a catalog that is held elsewhere
                elif error["code"] not in BEYOND_SCHEMAS and name not in UNSEEN:
                    self.assertFalse(validate.is_valid(request), error)
                self.assertEqual([e.message for e in validate_answer.iter_errors(answer)], [])

    def test_agree_with_the_decoder_on_every_field(self):
        request = sample()
        cases = [(path, value, changed(request, path, value))
                 for path in places(request) if path
                 for value in WRONG]
        answers = door([document for _, _, document in cases])
        validate = validator("request")
        parts = {part: validator(part) for part in ("catalog", "account", "cart", "intent")}
        disagreements = []
        for (path, value, document), answer in zip(cases, answers):
            part = path[0] if path[0] in parts and len(path) > 1 else None
            # Only the part that was changed is looked at: the others are valid, and slow.
            valid = (parts[part].is_valid(document[part]) if part
                     else validate.is_valid(document))
            if answer["ok"] != valid and not beyond_schemas(path, value, answer):
                disagreements.append((path, str(value)[:40], answer.get("error")))
        self.assertGreater(len(cases), 2000)
        self.assertEqual(disagreements, [])


# Scenarios about sums and the order of steps, which a schema cannot see.
UNSEEN = {
    "bad-cart-too-large.json", "bad-line-too-large.json", "bad-steps-not-ascending.json",
}


def beyond_schemas(path, value, answer):
    """Whether a schema cannot say what the decoder saw. JSON Schema takes 1.0 for a whole number."""
    if answer["ok"]:
        return False
    error = answer["error"]
    code = error["code"]
    last = path[-1]
    if code in BEYOND_SCHEMAS:
        return True
    if (code == "NOT_AN_INTEGER" and value == 1.0) or (code == "UNKNOWN_VALUE" and last == "profile"):
        return True
    if path == ("catalog",) and value is REMOVED:
        return True
    # Steps that do not ascend, products of price and quantity, sums, bounds that depend on others.
    at = "/" + "/".join(str(step) for step in path)
    ordered = last in ("from", "minPoints", "maxPoints", "costInPoints", "steps")
    product = last in ("unitPrice", "quantity", "every", "perUnits")
    return code == "OUT_OF_RANGE" and (ordered or (product and at.startswith(error["path"] + "/")))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
