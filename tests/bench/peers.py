#!/usr/bin/env python3
"""Times whom beside other graph databases: one network, the same questions, one run.

    python3 tests/bench/peers.py --people 10000 \\
        --peer kuzu=KUZU/bin/python --peer ladybug=LADYBUG/bin/python --peer kglite=KGLITE/bin/python

Times on a shared machine say little by themselves; ratios within one run say more. So each question
is put to all engines one after another, and beside each time stands how many times that of the
fastest it is. Give as many sizes as wanted: `--people 1000,10000,100000`.

What is needed
    This file needs nothing but Python 3.11. A peer is the interpreter of a virtual environment in
    which it is installed from PyPI, one environment a peer:

        python3 -m venv KUZU && KUZU/bin/pip install kuzu
        python3 -m venv LADYBUG && LADYBUG/bin/pip install ladybug
        python3 -m venv KGLITE && KGLITE/bin/pip install kglite

    whom is built by `cargo build --release`; `--whom PROGRAM` names another build.

What is measured
    Tables and questions are written by `cargo bench --bench query -- --write FOLDER`, so they are
    those of `tests/bench/network.rs` and `questions.rs`; `--folder FOLDER` keeps them for the next
    run, and takes them from there if they are there (one folder a size).
    Each engine is a process of its own that holds the graph in memory and is asked over a pipe, a
    JSON object a line: whom by `whom serve --stdio`, a peer by this file under its interpreter. A
    time is from the request to the whole answer, the median of several after a first that does not
    count, or with `--least` the least of them: whatever else a shared machine does only adds. A question that takes longer than `--timeout` seconds is given up, and its engine is
    started and loaded anew before the next. `peak` is the largest resident memory of the process,
    the interpreter with it. Loading takes each engine's own way in bulk: `load` for whom, `COPY`
    from the same files for kuzu and ladybug, a blueprint that names them for kglite.

What is compared
    Every answer is compared with whom's: `differs` marks another, `error` one that an engine
    refused. Where an engine spells a question in a dialect of its own, DIALECTS holds it.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import selectors
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

# ---------------------------------------------------------------- dialects

# Kuzu and Ladybug name the type of a relationship by `label`, have their own word for shortest
# paths, and may walk a relationship twice, so that three steps must be told not to.
KUZU = {
    "shortest path": [
        "MATCH p = (a:Person {id: $a})-[:FOLLOWS* SHORTEST 1..6]->(b:Person {id: $b}) RETURN length(p) AS n"
    ],
    "relationships by type": ["MATCH ()-[r]->() RETURN label(r) AS type, count(*) AS n ORDER BY type"],
    "three steps from a few": [
        "MATCH (a:Person)-[r1:FOLLOWS]->(b:Person)-[r2:FOLLOWS]->(c:Person)-[r3:FOLLOWS]->(d:Person) "
        "WHERE a.id >= $low AND a.id < $high AND d.age < $age AND id(r1) <> id(r3) RETURN count(*) AS n"
    ],
}
DIALECTS: dict[str, dict[str, list[str]]] = {"kuzu": KUZU, "ladybug": KUZU}


# ---------------------------------------------------------------- peers, in their own process


class Columnar:
    """Kuzu and its successor Ladybug, whose packages differ in name alone."""

    TYPES = {"integer": "INT64", "float": "DOUBLE", "string": "STRING", "boolean": "BOOLEAN"}

    def __init__(self, package: Any) -> None:
        self.connection = package.Connection(package.Database(":memory:"))

    def load(self, folder: str, plan: dict) -> None:
        for table in plan["nodes"]:
            columns = ", ".join(f"{c['name']} {self.TYPES[c['type']]}" for c in table["columns"])
            self.connection.execute(
                f"CREATE NODE TABLE {table['label']}({columns}, PRIMARY KEY({table['key']}))"
            )
            self.copy(table["label"], f"{folder}/{table['file']}")
        for table in plan["relationships"]:
            self.connection.execute(
                f"CREATE REL TABLE {table['type']}(FROM {table['from']} TO {table['to']})"
            )
            self.copy(table["type"], f"{folder}/{table['file']}")

    def copy(self, name: str, path: str) -> None:
        self.connection.execute(f"COPY {name} FROM '{path}' (file_format = 'csv', HEADER = true, DELIM = '\t')")

    def run(self, query: str, parameters: dict) -> list[list]:
        # A parameter that a statement does not use is an error here.
        used = {name: value for name, value in parameters.items() if f"${name}" in query}
        result = self.connection.execute(query, used)
        rows = []
        while result.has_next():
            rows.append(list(result.get_next()))
        return rows


class KgLite:
    """KGLite, which is loaded by a blueprint: nodes with their columns, and the files of pairs."""

    TYPES = {"integer": "int", "float": "float", "string": "string", "boolean": "bool"}

    def __init__(self, package: Any) -> None:
        self.package = package
        self.graph: Any = None

    def load(self, folder: str, plan: dict) -> None:
        tables = plan["nodes"] + plan["relationships"]
        blueprint: dict = {
            "settings": {"root": folder},
            "files": {
                table["file"]: {"path": table["file"], "format": "delimited", "delimiter": "\t"} for table in tables
            },
            "nodes": {},
        }
        for table in plan["nodes"]:
            blueprint["nodes"][table["label"]] = {
                "file": table["file"],
                "pk": table["key"],
                "title": "name",
                "properties": {
                    c["name"]: self.TYPES[c["type"]] for c in table["columns"] if c["name"] not in ("id", "name")
                },
                "connections": {"junction_edges": {}},
            }
        for table in plan["relationships"]:
            edges = blueprint["nodes"][table["from"]]["connections"]["junction_edges"]
            edges[table["type"]] = {
                "file": table["file"],
                "source_fk": "from",
                "target": table["to"],
                "target_fk": "to",
            }
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump(blueprint, file)
            file.flush()
            self.graph = self.package.from_blueprint(file.name)

    def run(self, query: str, parameters: dict) -> list[list]:
        result = self.graph.cypher(query, params=parameters)
        columns = list(result.columns)
        return [[row.get(column) for column in columns] for row in result.to_list()]


def serve(name: str) -> None:
    """Answers requests for the peer `name`, which the interpreter that runs this has installed."""
    # Whatever a library prints goes to the other stream.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    package = __import__(name)
    engine = KgLite(package) if name == "kglite" else Columnar(package)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer: dict = {"ok": True}
            if request["op"] == "hello":
                answer = {"name": name, "version": getattr(package, "__version__", "")}
            elif request["op"] == "load":
                engine.load(request["folder"], request)
            else:
                answer = {"rows": engine.run(request["query"], request["params"])}
        except Exception as error:  # whatever a peer raises is its answer
            answer = {"error": {"message": f"{type(error).__name__}: {error}"}}
        out.write(json.dumps(answer, default=portable) + "\n")
        out.flush()


def portable(value: Any) -> float | str:
    """What JSON has no word for: sums of 128 bits are numbers, the rest is text."""
    return float(value) if isinstance(value, Decimal) else str(value)


# ---------------------------------------------------------------- asking


class Refused(Exception):
    """The engine answered with an error."""


class Lost(Exception):
    """The engine took too long, or died."""


class Engine:
    """An engine in a process of its own."""

    def __init__(self, name: str, command: list[str], timeout_s: float) -> None:
        self.name = name
        self.command = command
        self.timeout_s = timeout_s
        self.process: subprocess.Popen | None = None
        self.peak_mib = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.buffer = bytearray()
        self.ask({"op": "hello"}, 60)

    def stop(self) -> None:
        if self.process is None:
            return
        self.note_memory()
        self.process.kill()
        self.process.wait()
        self.process = None

    def note_memory(self) -> None:
        """Keeps the peak of all processes; the system tells it on Linux alone."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        except OSError:
            return
        for line in status.splitlines():
            if line.startswith("VmHWM"):
                self.peak_mib = max(self.peak_mib, int(line.split()[1]) / 1024)

    def ask(self, request: dict, timeout_s: float) -> dict:
        deadline = time.monotonic() + timeout_s
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
        except OSError as error:
            self.stop()
            raise Lost("died") from error
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while b"\n" not in self.buffer:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    self.stop()
                    raise Lost("too long")
                part = os.read(self.process.stdout.fileno(), 1 << 20)
                if not part:
                    self.stop()
                    raise Lost("died")
                self.buffer += part
        line, _, rest = self.buffer.partition(b"\n")
        self.buffer = rest
        answer = json.loads(line)
        if "error" in answer:
            raise Refused(answer["error"].get("message", ""))
        return answer

    def load(self, folder: Path, plan: dict) -> float:
        """How many seconds it took."""
        start = time.perf_counter()
        self.ask({"op": "load", "folder": str(folder), **plan}, 1_200)
        return time.perf_counter() - start


@dataclass
class Answer:
    """What came of one question."""

    seconds: float = math.nan
    rows: list | None = None
    fault: str = ""


@dataclass
class Results:
    """All that was measured of one engine."""

    load_s: float = math.nan
    peak_mib: float = math.nan
    answers: dict[str, Answer] = field(default_factory=dict)


def measure(
    engines: list[Engine], folder: Path, questions: list[dict], settings: argparse.Namespace
) -> dict[str, Results]:
    """Loads all engines, then asks each question of one after another, so that what else the
    machine does meanwhile slows all of them alike."""
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    results = {engine.name: Results() for engine in engines}
    for engine in engines:
        try:
            engine.start()
            results[engine.name].load_s = engine.load(folder, plan)
        except (Lost, Refused) as error:
            sys.exit(f"{engine.name} cannot load: {error}")
    for question in questions:
        for engine in engines:
            if engine.process is None:
                engine.start()
                engine.load(folder, plan)
            results[engine.name].answers[question["name"]] = answer(engine, question, settings)
    for engine in engines:
        engine.stop()
        results[engine.name].peak_mib = engine.peak_mib or math.nan
    return results


def answer(engine: Engine, question: dict, settings: argparse.Namespace) -> Answer:
    """Asks one question several times."""
    statements = DIALECTS.get(engine.name, {}).get(question["name"], question["statements"])
    times = []
    found = Answer()
    begin = time.perf_counter()
    try:
        # The first time is not counted, unless it is so long that one has to do.
        while len(times) <= settings.runs and (len(times) < 2 or time.perf_counter() - begin < settings.budget):
            start = time.perf_counter()
            for number, statement in enumerate(statements):
                request = {"op": "run", "query": statement, "params": question["parameters"]}
                rows = engine.ask(request, engine.timeout_s).get("rows")
                if number == question["answers"]:
                    found.rows = plain(rows)
            times.append(time.perf_counter() - start)
            if times[0] > settings.budget:
                break
    except Lost as error:
        return Answer(fault=str(error))
    except Refused as error:
        if settings.explain:
            print(f"{engine.name}: {question['name']}: {error}", file=sys.stderr)
        return Answer(fault="error")
    found.seconds = (min if settings.least else statistics.median)(times[1:] or times)
    return found


def plain(value: Any) -> Any:
    """A value as all engines give it: numbers with nine digits, whether whole or not."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(f"{value:.9g}")
    return value


# ---------------------------------------------------------------- showing


def table(questions: list[dict], results: dict[str, Results]) -> Iterator[str]:
    """The lines of the table; the first engine is the one with which the others are compared."""
    names = list(results)
    own = results[names[0]]
    yield f"{'':28}" + "".join(f"{name:>20}" for name in names)
    yield row("load, ms", [r.load_s * 1_000 for r in results.values()])
    yield row("peak, MiB", [r.peak_mib for r in results.values()])
    behind: list[tuple[float, str]] = []
    for question in questions:
        name = question["name"]
        answers = [r.answers.get(name, Answer(fault="not asked")) for r in results.values()]
        wanted = own.answers.get(name, Answer()).rows
        marks = [
            a.fault or ("differs" if wanted is not None and a.rows != wanted else "") for a in answers
        ]
        yield row(name, [a.seconds * 1_000 for a in answers], marks)
        others = [a.seconds for a in answers[1:] if not math.isnan(a.seconds)]
        if others and not math.isnan(answers[0].seconds):
            behind.append((answers[0].seconds / min(others), name))
    if behind:
        slower = [f"{name} ({ratio:.1f})" for ratio, name in sorted(behind, reverse=True) if ratio > 1]
        yield ""
        yield f"{names[0]} is the fastest in {len(behind) - len(slower)} of {len(behind)} questions."
        if slower:
            yield f"Slower than the fastest peer, with the ratio: {', '.join(slower)}."


def row(title: str, values: list[float], marks: list[str] | None = None) -> str:
    """A line: each value with its ratio to the least, or what is wrong instead."""
    known = [value for value in values if not math.isnan(value)]
    cells = []
    for value, mark in zip(values, marks or [""] * len(values)):
        if math.isnan(value):
            cells.append(mark or "-")
        else:
            ratio = f"({value / min(known):.1f})" if min(known) > 0 else ""
            cells.append(f"{mark} {number(value)} {ratio}".strip())
    return f"{title:28}" + "".join(f"{cell:>20}" for cell in cells)


def number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}" if value >= 1 else f"{value:.2f}"


# ---------------------------------------------------------------- the command line


def tables_of(people: int, settings: argparse.Namespace, scratch: str) -> Path:
    """The folder with the tables of a network of so many people, written if need be."""
    folder = Path(settings.folder or scratch).resolve() / str(people)
    if not (folder / "questions.json").exists():
        command = [*settings.writer.split(), "--write", str(folder), "--sizes", str(people)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return folder


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Times whom beside other graph databases: one network, the same questions, one run.",
        epilog="What is measured and how is said at the head of this file.",
    )
    parser.add_argument("--people", default="1000,10000", help="sizes of the network (default: %(default)s)")
    parser.add_argument(
        "--peer", action="append", default=[], metavar="NAME=PYTHON", help="kuzu, ladybug or kglite; may be repeated"
    )
    parser.add_argument("--whom", default=str(ROOT / "target/release/whom"), help="the program (default: %(default)s)")
    parser.add_argument("--folder", help="where tables are kept from run to run; a temporary one if not given")
    parser.add_argument(
        "--writer", default="cargo bench --quiet --bench query --", help="what writes the tables (default: %(default)s)"
    )
    parser.add_argument("--only", default="", help="ask only questions whose name has this in it")
    parser.add_argument("--runs", type=int, default=7, help="how often a question is timed (default: %(default)s)")
    parser.add_argument("--budget", type=float, default=3.0, help="seconds for a question (default: %(default)s)")
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds for a statement (default: %(default)s)")
    parser.add_argument("--least", action="store_true", help="take the least of the times, not their median")
    parser.add_argument("--explain", action="store_true", help="print what engines say when they refuse")
    parser.add_argument("--serve", choices=["kuzu", "ladybug", "kglite"], help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    settings = arguments()
    if settings.serve:
        serve(settings.serve)
        return
    commands = {"whom": [settings.whom, "serve", "--stdio"]}
    for peer in settings.peer:
        name, _, python = peer.partition("=")
        commands[name] = [python, str(Path(__file__).resolve()), "--serve", name]
    with tempfile.TemporaryDirectory() as scratch:
        for people in map(int, settings.people.split(",")):
            folder = tables_of(people, settings, scratch)
            questions = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
            questions = [q for q in questions if settings.only in q["name"]]
            engines = [Engine(name, command, settings.timeout) for name, command in commands.items()]
            results = measure(engines, folder, questions, settings)
            print(f"\n{people} people: ms (ratio to the fastest)")
            print("\n".join(table(questions, results)), flush=True)


if __name__ == "__main__":
    main()
