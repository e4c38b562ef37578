"""The processes that share the work of a build."""

import signal
import subprocess
import sys

import pytest

from tests.program import unmeasured

_INTERRUPTED = """
import os, signal, sys
from filmld.publish.processes import beside, shared

def end(number, frame):
    raise SystemExit(100 + number)

def work(task):
    return [task]

signal.signal(signal.SIGINT, end)
signal.signal(signal.SIGTERM, end)
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), int(sys.argv[1])))
if sys.argv[2] == "shared":
    print(sorted(shared(work, range(8), 2)))
else:
    with beside(lambda: 1, 2) as done:
        print(done())
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("way", ["shared", "beside"])
@pytest.mark.skipif(sys.platform != "linux", reason="work is shared on Linux only")
def test_a_signal_that_comes_while_a_process_is_started_ends_the_command(
    number: signal.Signals, way: str
) -> None:
    command = [sys.executable, "-c", _INTERRUPTED, str(int(number)), way]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60, env=unmeasured())
    assert (done.returncode, done.stdout, done.stderr) == (100 + number, b"", b"")
