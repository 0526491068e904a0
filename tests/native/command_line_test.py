"""The command line as a process: pipes, terminals, signals, shells.

usage: command_line_test.py <loyalty> <top of the repository>
"""

import os
import pty
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

LOYALTY, TOP = os.path.abspath(sys.argv.pop(1)), os.path.abspath(sys.argv.pop(1))
EXAMPLES = os.path.join(TOP, "native", "examples")
COFFEE = os.path.join(EXAMPLES, "coffee-shop.json")
CARTS = os.path.join(EXAMPLES, "carts.jsonl")
OLD, NEW = os.path.join(EXAMPLES, "catalog-old.json"), os.path.join(EXAMPLES, "catalog-new.json")


def environment(**extra):
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    return {**kept, "TERM": "xterm-256color", **extra}


def run(*words, **options):
    return subprocess.run([LOYALTY, *words], capture_output=True, timeout=60, check=False,
                          env=environment(), **options)


def on_a_terminal(*words, **extra):
    """Output and exit code of a run whose standard output and error are a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(LOYALTY, [LOYALTY, *words], environment(**extra))
    seen = b""
    while True:
        try:
            got = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            break
        if not got:
            break
        seen += got
    os.close(terminal)
    return seen.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Terminal(unittest.TestCase):
    def test_colours_on_a_terminal(self):
        seen, code = on_a_terminal("explain", COFFEE)
        self.assertEqual(code, 0)
        self.assertIn("\x1b[32m", seen)

    def test_no_colours_with_no_color_or_on_a_dumb_one(self):
        for extra in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            seen, _ = on_a_terminal("explain", COFFEE, **extra)
            self.assertNotIn("\x1b", seen, extra)

    def test_an_empty_no_color_is_none(self):
        self.assertIn("\x1b[", on_a_terminal("explain", COFFEE, NO_COLOR="")[0])

    def test_no_colours_in_a_pipe(self):
        self.assertNotIn(b"\x1b", run("explain", COFFEE).stdout)

    def test_json_is_indented_on_a_terminal_only(self):
        self.assertGreater(on_a_terminal("quote", COFFEE)[0].count("\n"), 20)
        self.assertEqual(run("quote", COFFEE).stdout.count(b"\n"), 1)
        self.assertEqual(on_a_terminal("quote", "--compact", COFFEE, NO_COLOR="1")[0].count("\n"), 1)

    def test_the_progress_bar_leaves_nothing_behind(self):
        with tempfile.NamedTemporaryFile() as many:
            with open(CARTS, "rb") as carts:
                many.write(carts.read() * 40)
            many.flush()
            seen, code = on_a_terminal("replay", many.name, "--old", OLD, "--new", NEW)
        self.assertEqual(code, 0)
        self.assertIn("12,000", seen)
        if "█" in seen or "░" in seen:
            self.assertIn("\r\x1b[K", seen)


class Pipes(unittest.TestCase):
    def test_a_reader_that_leaves_ends_the_program_quietly(self):
        with tempfile.NamedTemporaryFile() as many:
            with open(CARTS, "rb") as carts:
                many.write(carts.read() * 10)
            many.flush()
            process = subprocess.Popen([LOYALTY, "quote", "--jsonl", "--catalog", OLD, many.name],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
            self.assertTrue(process.stdout.readline().startswith(b'{"ok":true'))
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
            process.stderr.close()
            self.assertEqual(process.wait(timeout=60), 0)

    def test_a_full_disk_is_told(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([LOYALTY, "quote", COFFEE], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"cannot be written", done.stderr)

    def test_answers_come_before_more_is_asked(self):
        """Another program may send a line, wait for its answer, and send the next."""
        with open(CARTS, encoding="utf-8") as carts:
            lines = [next(carts) for _ in range(3)]
        process = subprocess.Popen([LOYALTY, "quote", "--jsonl", "--catalog", OLD], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, env=environment())
        for line in lines:
            process.stdin.write(line.encode())
            process.stdin.flush()
            ready, _, _ = select.select([process.stdout], [], [], 30)
            self.assertTrue(ready, "no answer came")
            self.assertTrue(os.read(process.stdout.fileno(), 65536).startswith(b'{"ok":true'))
        process.stdin.close()
        self.assertEqual(process.wait(timeout=30), 0)
        process.stdout.close()

    def test_an_endless_line_needs_no_endless_memory(self):
        def limited():
            resource.setrlimit(resource.RLIMIT_DATA, (64 << 20, 64 << 20))
        with open(LOYALTY, "rb") as program:
            if b"__asan_init" in program.read():
                limited = None  # the sanitizer's own memory does not fit
        process = subprocess.Popen([LOYALTY, "quote", "--jsonl", "--catalog", OLD], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, preexec_fn=limited, env=environment())
        chunk = b"[" * (1 << 20)
        for _ in range(200):
            process.stdin.write(chunk)
        process.stdin.close()
        answer = process.stdout.read()
        process.stdout.close()
        self.assertEqual(process.wait(timeout=60), 1)
        self.assertIn(b'"code":"TOO_LARGE"', answer)
        self.assertEqual(answer.count(b"\n"), 1)

    def test_carts_may_come_through_a_pipe(self):
        with open(CARTS, "rb") as carts:
            text = carts.read()
        piped = run("replay", "-", "--old", OLD, "--new", NEW, "--json", input=text)
        mapped = run("replay", CARTS, "--old", OLD, "--new", NEW, "--json")
        self.assertEqual(piped.returncode, 0)
        self.assertEqual(piped.stdout, mapped.stdout)

    def test_an_interrupt_ends_it(self):
        process = subprocess.Popen([LOYALTY, "quote"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.send_signal(signal.SIGINT)
        process.stdin.close()
        process.stdout.close()
        self.assertIn(process.wait(timeout=30), (-signal.SIGINT, 1))


class Shells(unittest.TestCase):
    def check(self, shell, *check):
        script = run("completion", shell).stdout
        self.assertGreater(len(script), 500)
        if shutil.which(check[0]):
            done = subprocess.run(check, input=script, capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr.decode())

    def test_the_scripts_are_valid(self):
        self.check("bash", "bash", "-n")
        self.check("zsh", "zsh", "-n")
        self.check("fish", "fish", "--no-execute")

    def complete(self, *words):
        """What bash offers for the last of the words."""
        line = " ".join(f"'{word}'" for word in words)
        script = (f"source <('{LOYALTY}' completion bash); COMP_WORDS=({line}); "
                  f"COMP_CWORD={len(words) - 1}; _loyalty; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        done = subprocess.run(["bash", "-c", script], capture_output=True, check=True, cwd=EXAMPLES)
        return done.stdout.decode().split()

    def test_bash_completes(self):
        self.assertEqual(self.complete("loyalty", "exp"), ["explain"])
        self.assertEqual(self.complete("loyalty", "quote", "--js"), ["--jsonl"])
        self.assertEqual(self.complete("loyalty", "quote", "--color", "n"), ["never"])
        self.assertEqual(self.complete("loyalty", "completion", "z"), ["zsh"])
        self.assertEqual(self.complete("loyalty", "lint", "catalog-n"), ["catalog-new.json"])


class Examples(unittest.TestCase):
    def test_carts_are_those_of_their_script(self):
        made = subprocess.run([sys.executable, os.path.join(EXAMPLES, "make_carts.py")], capture_output=True,
                              check=True, env=environment(PYTHONDONTWRITEBYTECODE="1"))
        with open(CARTS, "rb") as carts:
            self.assertEqual(made.stdout, carts.read())

    def test_every_example_is_accepted(self):
        for name in ("coffee-shop", "fashion-store", "restaurant"):
            self.assertEqual(run("quote", os.path.join(EXAMPLES, name + ".json")).returncode, 0, name)
        self.assertEqual(run("lint", OLD).returncode, 0)
        self.assertEqual(run("lint", NEW).returncode, 4)
        self.assertEqual(run("quote", "--jsonl", "--catalog", OLD, CARTS).returncode, 0)


if __name__ == "__main__":
    unittest.main()
