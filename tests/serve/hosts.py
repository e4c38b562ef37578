"""Web servers of others, started with the rules of a built site on a free port of this computer."""

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAMS = {"nginx": "nginx", "apache": "apache2", "caddy": "caddy"}
MODULES = Path("/usr/lib/apache2/modules")
NGINX = """daemon off; master_process off; pid {work}/nginx.pid; error_log stderr; events {{}}
http {{ access_log off; {temporary} include {work}/site.conf; }}
"""
APACHE = """ServerRoot {work}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {work}/apache.pid
ErrorLog {work}/apache.log
{modules}
TypesConfig /dev/null
DocumentRoot {www}
<Directory {www}>
  AllowOverride All
  Require all granted
</Directory>
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextlib.contextmanager
def hosting(name: str, www: Path, work: Path) -> Iterator[str]:
    """Serve a folder by one of the programs, as its file of rules says; skip where there is none."""
    program = shutil.which(PROGRAMS[name], path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        pytest.skip(f"{PROGRAMS[name]} is not installed (apt-get install --no-install-recommends {name})")
    work.mkdir()
    port = free_port()
    command = {"nginx": _nginx, "apache": _apache, "caddy": _caddy}[name](www, work, port)
    environment = {"HOME": str(work), "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work)}
    log = work / "output.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [program, *command], stdout=output, stderr=subprocess.STDOUT, env=environment
        ) as running,
    ):
        try:
            _await(port, running, log)
            yield f"http://127.0.0.1:{port}/"
        finally:
            running.terminate()
            running.wait(timeout=20)


def _await(port: int, running: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(200):
        assert running.poll() is None, log.read_text(encoding="utf-8")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail(log.read_text(encoding="utf-8"))


def _nginx(www: Path, work: Path, port: int) -> list[str]:
    rules = (www / "nginx.conf").read_text(encoding="utf-8")
    assert rules.count("listen 80;") == rules.count("/srv/films/current/www;") == 1
    rules = rules.replace("listen 80;", f"listen 127.0.0.1:{port};")
    (work / "site.conf").write_text(rules.replace("/srv/films/current/www;", f"{www};"), encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {work}/{kind};" for kind in kinds)
    (work / "nginx.conf").write_text(NGINX.format(work=work, temporary=temporary), encoding="utf-8")
    return ["-c", str(work / "nginx.conf"), "-p", str(work), "-e", "stderr"]


def _apache(www: Path, work: Path, port: int) -> list[str]:
    names = ("mpm_event", "authz_core", "dir", "headers", "mime", "negotiation", "rewrite", "setenvif")
    modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in names)
    text = APACHE.format(work=work, www=www, port=port, modules=modules)
    (work / "apache.conf").write_text(text, encoding="utf-8")
    return ["-f", str(work / "apache.conf"), "-DFOREGROUND"]


def _caddy(www: Path, work: Path, port: int) -> list[str]:
    rules = (www / "Caddyfile").read_text(encoding="utf-8")
    rules = rules.replace("/srv/films/current/www", str(www))
    rules = rules.replace("\nfilms.example.org {", f"\nhttp://127.0.0.1:{port} {{\n\tbind 127.0.0.1")
    (work / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + rules, encoding="utf-8")
    return ["run", "--config", str(work / "Caddyfile"), "--adapter", "caddyfile"]
