"""`dlbasic learn` starts a JupyterLab that serves the course, and prints its address."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from locks import ROOT


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.timeout(120)
def test_learn_prints_an_address_that_serves_the_course(tmp_path, port, monkeypatch):
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    command = [sys.executable, "-m", "dlbasic", "learn", "--lang", "en", "--no-browser", f"--port={port}"]
    log = (tmp_path / "log").open("w+")
    server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    try:
        address = wait_for_address(server, tmp_path / "log")
        assert re.match(rf"http://(localhost|127\.0\.0\.1):{port}/lab/tree/en/\w+/\w+\.ipynb\?token=\w+", address)
        base, _, token = address.partition("/lab/tree/")
        token = token.partition("token=")[2]
        with urllib.request.urlopen(f"{base}/api/contents/?token={token}", timeout=20) as answer:
            names = {entry["name"] for entry in json.load(answer)["content"]}
        assert {"en", "ko", "dlbasic"} <= names
        assert "solutions" not in names
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        log.close()


def wait_for_address(server, log):
    import time

    for _ in range(600):
        found = re.search(r"http://(?:localhost|127\.0\.0\.1)\S+token=\w+", log.read_text())
        if found:
            return found[0]
        assert server.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())
