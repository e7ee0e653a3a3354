"""A generated first-tier branch as real processes on loopback, for scripts/run and its story.

A stage is a temporary directory with the extracts, head office and the outlets' nodes; it ends by
stopping every process and removing the directory, however the program ends.
"""

import contextlib
import gzip
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARIES = ROOT / ".build/release"
REFERENCE = ROOT.parent / "shared/data/cn_ref"

# Many times what a command or a start needs on a busy machine.
SECONDS_PER_COMMAND = 120
SECONDS_TO_START = 60
# A server that is asked to stop finishes what it is answering.
SECONDS_TO_STOP = 10
PORT_BASE = 8600

# Where this program is killed without a chance to clean up, its servers go with it.
DIES_WITH_PARENT = ("setpriv", "--pdeathsig", "TERM")


class Broken(Exception):
    """A command or a server did not do what the stage relies on."""


class Program:
    """One data directory and the program that owns it."""

    def __init__(self, name, data):
        self.binary = BINARIES / name
        self.data = data
        self.server = None
        self.address = None

    def run(self, *arguments, text=None, language="en"):
        """Runs a command on the directory; whoever serves it carries the command out."""
        environment = {**os.environ, "BRANCHNODE_LANG": language}
        return subprocess.run(
            [self.binary, *map(str, arguments), "--data", self.data], input=text or "",
            capture_output=True, text=True, encoding="utf-8", timeout=SECONDS_PER_COMMAND,
            env=environment)

    def ask(self, *arguments, exits=0, text=None, language="en"):
        """The command's JSON document; Broken where it exits otherwise than expected."""
        done = self.run(*arguments, "--json", text=text, language=language)
        self.expect(done, exits, arguments)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def expect(self, done, exits, arguments):
        if done.returncode != exits:
            raise Broken(
                f"{self.binary.name} {' '.join(map(str, arguments))}: exit {done.returncode}"
                f" where {exits} was expected. {done.stderr.strip() or done.stdout.strip()}")

    def serve(self, port, *options, prefix=()):
        """Starts the server, behind a command that runs it, and waits until it says where it is."""
        with open(f"{self.data}.log", "ab") as log:
            self.server = subprocess.Popen(
                [*prefix, *DIES_WITH_PARENT, self.binary, "serve", "--port", str(port), *options,
                 "--data", self.data],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True,
                encoding="utf-8",
                # Ctrl-C at the terminal reaches this program alone, which then stops the servers.
                start_new_session=True)
        too_late = threading.Timer(SECONDS_TO_START, self.server.kill)
        too_late.start()
        line = self.server.stdout.readline()
        too_late.cancel()
        found = re.search(r"https?://\S*[^\s.]", line)
        if not found:
            self.stop()
            log = pathlib.Path(f"{self.data}.log").read_text(encoding="utf-8").strip()
            raise Broken(f"{self.binary.name} serve did not start. {line.strip()} {log}")
        self.address = found[0]

    def stop(self):
        if not self.server:
            return
        self.server.terminate()
        try:
            self.server.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.server.kill()
            self.server.wait()
        self.server.stdout.close()
        self.server = None


class HeadOffice(Program):
    def __init__(self, data):
        super().__init__("headoffice", data)
        self.name = ("总行", "head office")


class Outlet(Program):
    def __init__(self, code, name, data, feed):
        super().__init__("branchnode", data)
        self.code = code
        self.name = (f"{code} {name}", f"outlet {code}")
        self.supervisor = f"{code}-OS1"
        self.manager = f"{code}-RM1"
        self.teller = f"{code}-TL1"
        self.feed = feed

    def close_through(self, date):
        """Takes in the extracts through a date and closes what is not closed; the closed days."""
        self.ask("import", *sorted(each for each in self.feed.iterdir() if each.name <= date))
        return self.ask("close-day", "--through", date)["days"]

    def assign(self, customer, exits=0):
        """The claim by which the outlet's supervisor gives the customer to its first manager."""
        answer = self.ask("assign", customer, "--to", self.manager, "--as", self.supervisor,
                          exits=exits)
        return answer["results"][0]["claim"]

    def contact(self, customer, way, note, *options, staff=None):
        return self.ask("contact", "add", customer, "--as", staff or self.manager, "--way", way,
                        "--note", note, *options)["id"]

    def free_targets(self):
        """This outlet's targets whom nobody looks after, as far as it knows, richest first."""
        customers = self.ask("customers")["customers"]
        free = [each for each in customers if each["pool"] == "target" and not each["owner"]]
        free.sort(key=lambda each: (-each["local_half_fen"], each["customer"]))
        return [each["customer"] for each in free]


class Stage:
    """Head office, its outlets and the extracts, all below one directory."""

    def __init__(self, directory, head_office_port, made):
        self.directory = directory
        self.port = head_office_port
        self.made = made
        self.head_office = HeadOffice(directory / "head-office")
        names = {unit["code"]: unit["name"] for unit in self.organisation["units"]}
        self.outlets = [
            Outlet(code, names[code], directory / f"outlet-{code}",
                   directory / "made/feeds" / code)
            for code in made["outlets"]]

    @property
    def organisation(self):
        """The generated organisation file."""
        return json.loads((self.directory / "made/org.json").read_text(encoding="utf-8"))

    @property
    def programs(self):
        return [self.head_office, *self.outlets]

    @staticmethod
    def shared_targets(outlet, other):
        """Targets at both outlets whom nobody looks after, the first one's richest first."""
        theirs = set(other.free_targets())
        return [customer for customer in outlet.free_targets() if customer in theirs]

    def found(self):
        """Makes head office, starts it, and enrols a node of each outlet."""
        organisation = self.directory / "made/org.json"
        self.head_office.ask("init", "--org", organisation)
        self.head_office.serve(self.port)
        for outlet in self.outlets:
            arguments = ("enrol", outlet.code)
            invited = self.head_office.run(*arguments)
            self.head_office.expect(invited, 0, arguments)
            outlet.ask("init", "--outlet", outlet.code, "--head-office",
                       self.head_office.address, "--token", "-", text=invited.stdout)

    def serve_outlets(self, ports):
        for outlet, port in zip(self.outlets, ports):
            outlet.serve(port)

    def stop(self):
        for program in self.programs:
            program.stop()

    def copy(self, name):
        """The same stage in a directory beside this one; nothing may be running."""
        directory = self.directory.parent / name
        shutil.copytree(self.directory, directory, ignore=shutil.ignore_patterns("socket"))
        return Stage(directory, self.port, self.made)


@contextlib.contextmanager
def workspace():
    """A temporary directory that goes away again, also where the program is told to stop."""
    def leave(number, frame):
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    # Whoever starts it in the background may have had Ctrl-C ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    missing = [name for name in ("branchnode", "headoffice", "generate")
               if not os.access(BINARIES / name, os.X_OK)]
    if missing:
        raise Broken(f"not built: {', '.join(missing)}. Run scripts/build.")
    directory = pathlib.Path(tempfile.mkdtemp(prefix="branchnode-"))
    try:
        yield directory
    finally:
        # A second Ctrl-C must not leave half of it behind.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        shutil.rmtree(directory, ignore_errors=True)


def generate(directory, *, outlets, customers, first, last, seed=7):
    """Writes a first-tier branch below `directory`; the generator's summary of it."""
    reference = directory.parent / "reference"
    options = []
    if REFERENCE.is_dir():
        _unpack(REFERENCE, reference)
        options = ["--reference", reference]
    directory.mkdir(parents=True)
    made = subprocess.run(
        [BINARIES / "generate", "--outlets", str(outlets), "--customers", str(customers),
         "--seed", str(seed), "--from", first, "--through", last, *options, directory / "made"],
        capture_output=True, text=True, encoding="utf-8", timeout=SECONDS_PER_COMMAND)
    if made.returncode != 0:
        raise Broken(f"generate: exit {made.returncode}. {made.stderr.strip()}")
    return json.loads(made.stdout)


def ports(count, base=None):
    """`count` free ports in a row from `base`; without one, from the usual base or any free ones."""
    wanted = range(base or PORT_BASE, (base or PORT_BASE) + count)
    if all(_is_free(port) for port in wanted):
        return list(wanted)
    if base:
        taken = [str(port) for port in wanted if not _is_free(port)]
        raise Broken(f"taken: port {', '.join(taken)}. Choose another --port-base.")
    with contextlib.ExitStack() as held:
        found = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in found:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in found]


def own_port():
    """A free port that nobody else takes while its server is down: below those that systems give
    out, and another one for every run."""
    return next(port for port in iter(lambda: random.randrange(20_000, 30_000), 0)
                if _is_free(port))


def _is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _unpack(source, target):
    """The lists of `source` in plain text; the generator reads nothing else."""
    target.mkdir()
    for file in source.iterdir():
        if file.suffix == ".gz":
            (target / file.stem).write_bytes(gzip.decompress(file.read_bytes()))
        else:
            shutil.copyfile(file, target / file.name)
