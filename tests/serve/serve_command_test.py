"""Starts and stops the program as people and other programs do: python3 serve_command_test.py BINARY"""

import concurrent.futures
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

BINARY = sys.argv.pop(1)


class Served:
    """A running server."""

    def __init__(self, data, *flags, env=None):
        self.process = subprocess.Popen(
            [BINARY, "serve", "--json", "--port", "0", "--data", str(data), *flags],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "LOYALTY_WEB": "", **(env or {})})
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(self.process.communicate()[1])
        self.hello = json.loads(line)
        self.url = self.hello["listening"]

    def ask(self, path, body=None, key="backend", headers=None):
        request = urllib.request.Request(self.url + path, headers=dict(headers or {}))
        if key:
            request.add_header("Authorization", self.hello["keys"][key])
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode(), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), error.headers

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=30)
        return self.process.returncode, output, errors


class ServeTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.data = pathlib.Path(self.folder.name) / "data"
        self.addCleanup(self.folder.cleanup)
        self.running = []
        self.addCleanup(lambda: [one.process.kill() or one.process.communicate()
                                 for one in self.running if one.process.poll() is None])

    def serve(self, *flags, **more):
        self.running.append(Served(self.data, *flags, **more))
        return self.running[-1]

    def run_command(self, *words, **more):
        return subprocess.run([BINARY, *words], capture_output=True, text=True, timeout=30, **more)

    def test_answers_and_ends_with_0(self):
        server = self.serve()
        self.assertEqual(server.ask("/healthz")[0], 200)
        self.assertEqual(server.ask("/readyz")[0], 200)
        status, body, _ = server.ask("/loyalty-programs/v1/program")
        self.assertEqual((status, json.loads(body)["loyaltyProgram"]["status"]), (200, "DRAFT"))
        self.assertEqual(json.loads(server.ask("/openapi.json")[1])["openapi"], "3.1.0")
        self.assertIn("loyalty_requests_total", server.ask("/metrics")[1])
        code, _, errors = server.end()
        self.assertEqual((code, errors), (0, ""))

    def test_what_was_acknowledged_is_there_after_a_kill(self):
        server = self.serve()
        self.assertEqual(server.ask("/loyalty-programs/v1/program/activate", {})[0], 200)
        server.process.kill()
        server.process.communicate()
        again = self.serve()
        self.assertEqual(again.hello["site"], server.hello["site"])
        self.assertEqual(again.hello["keys"], server.hello["keys"])
        body = again.ask("/loyalty-programs/v1/program")[1]
        self.assertEqual(json.loads(body)["loyaltyProgram"]["status"], "ACTIVE")

    def test_interrupt_ends_with_0_too(self):
        self.assertEqual(self.serve().end(signal.SIGINT)[0], 0)

    def test_requests_under_way_are_answered_at_the_end(self):
        server = self.serve()
        port = int(server.url.rsplit(":", 1)[1])
        idle = socket.create_connection(("127.0.0.1", port))
        self.addCleanup(idle.close)
        body = json.dumps({"contact": {"name": "Ann", "email": "ann@example.com"}}).encode()
        head = (f"POST /contacts/v1/contacts HTTP/1.1\r\nHost: x\r\nAuthorization: "
                f"{server.hello['keys']['backend']}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n").encode()
        slow = socket.create_connection(("127.0.0.1", port))
        self.addCleanup(slow.close)
        slow.sendall(head + body[:5])
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        slow.sendall(body[5:])
        answer = http.client.HTTPResponse(slow)
        answer.begin()
        self.assertEqual(answer.status, 200)
        server.process.communicate(timeout=30)
        self.assertEqual(server.process.returncode, 0)

    def test_a_second_signal_ends_at_once(self):
        server = self.serve("--drain-seconds", "60")
        port = int(server.url.rsplit(":", 1)[1])
        slow = socket.create_connection(("127.0.0.1", port))
        self.addCleanup(slow.close)
        slow.sendall(b"POST /contacts/v1/contacts HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{")
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        server.process.communicate(timeout=30)
        self.assertLess(time.monotonic() - started, 2)

    def test_writes_of_many_at_once_are_all_there(self):
        server = self.serve("--rate-limits", "off")

        def add(number):
            return server.ask("/contacts/v1/contacts", {"contact": {"name": f"N{number}", "email": f"n{number}@example.com"}})[0]

        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            self.assertEqual(set(pool.map(add, range(200))), {200})
        self.assertEqual(server.end()[0], 0)
        self.assertEqual(self.run_command("audit", "--data", str(self.data)).returncode, 0)

    def test_the_clock_moves_when_it_is_told(self):
        server = self.serve("--virtual-clock", "2026-01-15T10:00:00Z")
        self.assertEqual(json.loads(server.ask("/dev/v1/clock", key="operator")[1]),
                         {"now": "2026-01-15T10:00:00.000Z"})
        status, body, _ = server.ask("/dev/v1/clock", {"advanceSeconds": 86400}, "operator")
        self.assertEqual((status, json.loads(body)), (200, {"now": "2026-01-16T10:00:00.000Z"}))
        self.assertEqual(server.ask("/dev/v1/clock", {"to": "2026-01-01T00:00:00Z"}, "operator")[0],
                         400)
        self.assertEqual(server.ask("/dev/v1/clock", {"advanceSeconds": 1}, "backend")[0], 403)

    def test_a_real_clock_cannot_be_moved(self):
        self.assertEqual(self.serve().ask("/dev/v1/clock", {"advanceSeconds": 1}, "operator")[0], 404)

    def test_settings_come_from_the_environment_and_from_a_file(self):
        file = pathlib.Path(self.folder.name) / "shop.toml"
        file.write_text("virtual-clock = \"2030-01-01T00:00:00Z\"\nport = 1\n")
        server = self.serve("--config", str(file), env={"LOYALTY_LOG_LEVEL": "info"})
        self.assertIn("2030-01-01", server.ask("/dev/v1/clock", key="operator")[1])
        self.assertIn('"route":"clock.get"', server.end()[2])

    def test_says_what_is_wrong_with_the_settings(self):
        result = self.run_command("serve", "--port", "x")
        self.assertEqual(result.returncode, 2)
        self.assertIn("--port must be a whole number", result.stderr)
        result = self.run_command("serve", "--config", "/no/such/file")
        self.assertEqual(result.returncode, 3)
        result = self.run_command("serve", "--prot", "1")
        self.assertEqual(result.returncode, 2)
        self.assertIn("--port", result.stderr)

    def test_a_second_server_on_the_same_data_is_refused(self):
        self.serve()
        result = self.run_command("serve", "--port", "0", "--data", str(self.data))
        self.assertEqual(result.returncode, 3)
        self.assertNotEqual(result.stderr, "")

    def test_a_taken_port_is_refused(self):
        port = self.serve().url.rsplit(":", 1)[1]
        result = self.run_command("serve", "--port", port, "--data", self.folder.name + "/other")
        self.assertEqual(result.returncode, 3)
        self.assertIn("cannot listen", result.stderr)

    def test_a_person_sees_address_site_and_keys(self):
        process = subprocess.Popen([BINARY, "serve", "--port", "0", "--data", str(self.data)],
                                   stdout=subprocess.PIPE, text=True)
        lines = [process.stdout.readline() for _ in range(8)]
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        text = "".join(lines)
        for word in ("http://127.0.0.1:", "site", "backend   lk_", "operator  lk_"):
            self.assertIn(word, text)

    def test_serves_pages_under_a_strict_policy(self):
        pages = pathlib.Path(self.folder.name) / "pages"
        pages.mkdir()
        (pages / "index.html").write_text("<!doctype html><title>x</title>")
        server = Served(self.data, "--web", str(pages))
        self.running.append(server)
        status, body, headers = server.ask("/", key=None)
        self.assertEqual((status, body), (200, "<!doctype html><title>x</title>"))
        self.assertIn("script-src 'self' 'wasm-unsafe-eval'", headers["Content-Security-Policy"])
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(server.ask("/../data/dev-keys.json", key=None)[0] // 100, 4)

    def test_backup_and_audit_beside_a_running_server(self):
        server = self.serve()
        server.ask("/contacts/v1/contacts", {"contact": {"name": "Ann", "email": "ann@example.com"}})
        copy = pathlib.Path(self.folder.name) / "copy"
        copy.mkdir()
        result = self.run_command("backup", "--data", str(self.data), "--to", str(copy / "loyalty.db"))
        self.assertEqual(result.returncode, 0, result.stderr)
        for data in (self.data, copy):
            result = self.run_command("audit", "--data", str(data))
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn(server.hello["site"], result.stdout)
        self.assertEqual(self.run_command("backup", "--data", str(self.data)).returncode, 2)
        self.assertEqual(self.run_command("audit", "--data", "/no/such").returncode, 3)


if __name__ == "__main__":
    unittest.main()
