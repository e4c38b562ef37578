import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from filmld.query.errors import (
    CharacterError,
    DataUnreadableError,
    DeadlineError,
    EvaluationError,
    FormatKindError,
    QuerySyntaxError,
    ResultTooLargeError,
    ServiceRefusedError,
    UnknownDataFormatError,
    WorkerDiedError,
)
from filmld.query.process import Worker
from filmld.query.source import StoreFolder, data_files
from tests.canary import Canary
from tests.query.conftest import Desk, linux_only

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?s ?t ?u . ?v ?w ?x . ?y ?z ?_"
ENDLESS = f"SELECT (COUNT(*) AS ?count) {{ {CROSS} . {CROSS.replace('?', '?second')} }}"


def test_select_is_answered(desk: Desk) -> None:
    query = "SELECT ?name { ?film schema:name ?name FILTER(LANG(?name) = 'en') } ORDER BY ?name"

    assert desk.ask(query).decode() == "name\r\nMoloch\r\n"


def test_ask_is_answered(desk: Desk) -> None:
    assert desk.ask("ASK { ?film a schema:Movie }", solutions="json") == b'{"head":{},"boolean":true}'


def test_construct_is_answered(desk: Desk) -> None:
    query = 'CONSTRUCT { ?f a schema:Work } WHERE { ?f schema:name "Moloch"@en }'

    assert desk.ask(query) == (
        b"<https://films.example.org/film/moloch-1999> "
        b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Work> .\n"
    )


def test_describe_is_answered(desk: Desk) -> None:
    answer = desk.ask("DESCRIBE <https://films.example.org/film/taurus-2000>", triples="turtle")

    assert answer.decode() == (
        "@prefix schema: <https://schema.org/> .\n\n"
        "<https://films.example.org/film/taurus-2000>\n"
        '    schema:name "Телец"@ru ;\n'
        "    a schema:Movie ;\n.\n"
    )


@pytest.mark.parametrize("character", ["\\u0001", "\\u001F", "\\uFFFE"])
def test_characters_that_xml_cannot_hold_are_refused_in_xml_alone(character: str, desk: Desk) -> None:
    select = f'SELECT ("a{character}b" AS ?text) {{}}'
    construct = f'CONSTRUCT {{ <urn:a> <urn:b> "a{character}b" }} {{}}'

    with pytest.raises(CharacterError):
        desk.ask(select, solutions="xml")
    with pytest.raises(CharacterError):
        desk.ask(construct, triples="rdfxml")

    assert desk.worker.idle
    assert desk.ask(select, solutions="json")
    assert desk.ask(construct, triples="ntriples")
    assert b"a\tb" in desk.ask('SELECT ("a\\tb" AS ?text) {}', solutions="xml")


def test_a_syntax_error_has_its_place_and_the_worker_goes_on(desk: Desk) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        desk.ask("SELECT * {\n ?s schema:name\n}")

    assert caught.value.row == 3
    assert desk.worker.idle


def test_an_undeclared_prefix_is_named(desk: Desk) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        desk.ask("SELECT * { ?film dc:title ?title }")

    assert caught.value.message == "line 1, column 18: the prefix dc: is not declared"


def test_a_slow_query_is_ended_at_its_deadline(desk: Desk) -> None:
    started = time.monotonic()

    with pytest.raises(DeadlineError):
        desk.ask(ENDLESS, seconds=0.3)

    assert time.monotonic() - started < 3
    assert not desk.worker.idle


def test_too_large_an_answer_is_an_error_and_the_worker_goes_on(desk: Desk) -> None:
    with pytest.raises(ResultTooLargeError) as caught:
        desk.ask(f"SELECT * {{ {CROSS} }}", max_bytes=2**20)

    assert caught.value.message == "the result is larger than 1 MiB"
    assert desk.worker.idle


def test_an_answer_as_large_as_allowed_is_whole(desk: Desk) -> None:
    answer = desk.ask("SELECT ?s { ?s ?p ?o }")

    assert desk.ask("SELECT ?s { ?s ?p ?o }", max_bytes=len(answer)) == answer
    with pytest.raises(ResultTooLargeError):
        desk.ask("SELECT ?s { ?s ?p ?o }", max_bytes=len(answer) - 1)


def test_a_stack_overflow_ends_the_worker_only(desk: Desk) -> None:
    with pytest.raises(WorkerDiedError):
        desk.ask("SELECT (" + "(" * 200_000 + "1" + ")" * 200_000 + " AS ?x) {}")

    assert desk.ask("ASK {}") == b"true"


def test_memory_has_a_limit(desk: Desk) -> None:
    blow_up = "SELECT (STRLEN(?x10) AS ?length) { BIND('aaaaaaaaaaaaaaaa' AS ?x0)" + "".join(
        f" BIND(CONCAT(?x{n},?x{n},?x{n},?x{n},?x{n},?x{n},?x{n},?x{n}) AS ?x{n + 1})" for n in range(10)
    )

    with pytest.raises((WorkerDiedError, EvaluationError)):
        desk.ask(blow_up + " }", seconds=10)


def test_a_worker_killed_by_hand_ends_its_query(desk: Desk) -> None:
    desk.ask("ASK {}")
    os.kill(desk.worker.pid, signal.SIGKILL)

    with pytest.raises(WorkerDiedError):
        desk.ask(ENDLESS)
    assert desk.ask("ASK {}") == b"true"


@linux_only
def test_service_does_not_reach_the_network(desk: Desk, canary: Canary) -> None:
    with pytest.raises(ServiceRefusedError):
        desk.ask(f"SELECT * {{ SERVICE <{canary.address}> {{ ?s ?p ?o }} }}")
    desk.ask(f"SELECT * {{ SERVICE SILENT <{canary.address}> {{ ?s ?p ?o }} }}")


def test_from_does_not_reach_the_network(desk: Desk, canary: Canary) -> None:
    assert desk.ask(f"ASK FROM <{canary.address}> {{ ?s ?p ?o }}")


@pytest.mark.parametrize("text", ["LOAD <{}>", "INSERT DATA {{ <{}> <a:b> 1 }}", "DROP ALL"])
def test_updates_are_no_queries(desk: Desk, canary: Canary, text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        desk.ask(text.format(canary.address))


def test_a_format_for_another_kind_of_answer_is_refused(desk: Desk) -> None:
    with pytest.raises(FormatKindError) as caught:
        desk.ask("ASK {}", solutions=None)

    assert caught.value.message == "the answer to ASK cannot be written in the format asked for"
    assert caught.value.offers[0] == "json (application/sparql-results+json)"


def started(source: StoreFolder, *, mib: int = 512) -> Worker:
    return asyncio.run(Worker.start(source, memory_mib=mib))


def test_a_mistake_in_the_data_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<a:b> <a:c>\n  d:e .\n", encoding="utf-8")

    with pytest.raises(DataUnreadableError) as caught:
        asyncio.run(Worker.start(data_files((path,)), memory_mib=512))

    assert caught.value.message.startswith("broken.ttl:2:3: ")


def test_a_missing_store_is_told_and_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "store"

    with pytest.raises(DataUnreadableError):
        started(StoreFolder(folder))

    assert not folder.exists()


def test_a_file_of_unknown_format_is_refused() -> None:
    with pytest.raises(UnknownDataFormatError) as caught:
        data_files((Path("films.csv"),))

    assert caught.value.message == "films.csv: the name does not tell the format of the file"


@linux_only
def test_a_worker_ends_when_its_parent_is_killed(films: Path) -> None:
    program = (
        "import asyncio, sys; from pathlib import Path\n"
        "from filmld.query.process import Worker; from filmld.query.source import data_files\n"
        "async def main():\n"
        "    worker = await Worker.start(data_files((Path(sys.argv[1]),)), memory_mib=512)\n"
        "    print(worker.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(films)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        parent.kill()

    assert gone(pid)


def test_who_is_cancelled_while_a_worker_ends_leaves_no_process_behind(films: Path) -> None:
    async def test() -> None:
        worker = await Worker.start(data_files((films,)), memory_mib=512)
        first, second = (asyncio.create_task(worker.end()) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert not is_child(worker.pid)
        await second

    asyncio.run(test())


def is_child(pid: int) -> bool:
    """Say whether there is such a process of ours, though it may have ended."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def gone(pid: int, *, seconds: float = 5) -> bool:
    """Wait until a process is no more, or only waits for someone to take note of its end."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False
