r"""Makes a checkout ready to run: .venv from the lock file, Qt's system libraries, compiled translations.

Run it with the system's Python: `python3 packaging/set_up.py` (Windows: `py packaging\set_up.py`).
Standard library only, and no syntax newer than Python 3.8, so that an old Python can still read the refusal.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
LOG = ROOT / "build" / "setup.log"
OLDEST, NEWEST = (3, 11), (3, 14)
WINDOWS = os.name == "nt"

# Which Debian package brings a library that Qt's wheels load from the system (found in an empty Debian 12).
OFFSCREEN: dict[str, str] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
X11: dict[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
WAYLAND: dict[str, str] = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def main() -> None:
    """Do every step that is still to do, one line each; a step already done says nothing."""
    check_python()
    install_system_libraries()
    make_environment()
    install_packages()
    compile_translations()


def check_python() -> None:
    """Refuse a Python that the locked packages have no wheels for."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        here = "{}.{}".format(*sys.version_info[:2])
        stop(
            f"Kushen Desktop needs Python 3.11 to 3.14; {sys.executable} is {here}.",
            "Name another one, for example: make run PYTHON=python3.12",
        )


def make_environment() -> None:
    """Make .venv; one that was made in another way is used as it is when its Python is a fitting one."""
    if environment_works():
        return
    say("Making .venv")
    if VENV.exists():
        shutil.rmtree(VENV)
    # Debian without python3-venv has no ensurepip; the system's pip then installs from outside.
    bare = ["--without-pip"] if uses_uv() or has_pip(sys.executable) else []
    run([sys.executable, "-m", "venv", *bare, str(VENV)], "Python's venv module could not make .venv.")


def environment_works() -> bool:
    """Tell whether .venv has a Python that starts and fits."""
    return OLDEST <= environment_version() <= NEWEST


def environment_version() -> tuple[int, ...]:
    """Return the version of .venv's Python, (3, 11) for example; () when none starts."""
    ask = "import sys; print(*sys.version_info[:2])"
    try:
        told = subprocess.run([str(python()), "-c", ask], capture_output=True, text=True, check=False).stdout
    except OSError:
        return ()
    return tuple(int(part) for part in told.split())


def install_packages() -> None:
    """Install what the lock names, checked by hash, unless the stamp says that it is installed."""
    stamp = VENV / "requirements.sha256"
    wanted = state()
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    say("Installing the packages of requirements.lock (about 200 MB the first time)")
    run(installer(), "The packages could not be installed.")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    test = "from PySide6.QtWidgets import QApplication; QApplication([])"
    run([str(python()), "-c", test], "Qt was installed but does not start.")
    write_launcher()
    stamp.write_text(wanted, "utf-8")


def state() -> str:
    """Return what an installation depends on: a system upgrade changes the Python, a move the folder."""
    version = ".".join(str(part) for part in environment_version())
    return f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()}\n{version}\n{ROOT}\n"


def installer() -> list[str]:
    """Return the command that installs the lock: uv if present, else pip with the user's settings."""
    if uses_uv():
        return ["uv", "pip", "sync", "-q", "--python", str(python()), "--require-hashes", str(LOCK)]
    if has_pip(str(python())):
        pip = [str(python()), "-m", "pip"]
    elif has_pip(sys.executable):
        pip = [sys.executable, "-m", "pip", "--python", str(python())]
    else:
        stop("Neither this Python nor .venv has pip.", "Install it, for example: apt-get install python3-pip")
    quiet = ["-q", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    # Wheels only: an install that runs no code of the packages.
    return [*pip, "install", *quiet, "--only-binary", ":all:", "--require-hashes", "-r", str(LOCK)]


def uses_uv() -> bool:
    """Tell whether uv installs. It ignores pip's settings, so whoever has a mirror there gets pip."""
    if shutil.which("uv") is None:
        return False
    settings = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    return not any(word in settings for word in ("index", "links", "proxy", "cert", "trusted-host"))


def write_launcher() -> None:
    """Write the command `kushen` into .venv, so that it also works from other folders."""
    ask = [str(python()), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.check_output(ask, text=True).strip())
    # Python 3.11 and 3.12 read .pth files in the encoding of the locale.
    (packages / "kushen_checkout.pth").write_text(f"{ROOT}\n", "locale")
    if WINDOWS:
        (VENV / "Scripts" / "kushen.cmd").write_text('@"%~dp0python.exe" -m kushen_desktop %*\n', "ascii")
        return
    command = VENV / "bin" / "kushen"
    command.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m kushen_desktop "$@"\n', "ascii")
    command.chmod(0o755)


def install_system_libraries() -> None:
    """Install the libraries Qt needs from the system, or name the one command that does."""
    missing = missing_packages()
    if not missing:
        return
    apt = shutil.which("apt-get")
    if apt is None:
        stop("Qt needs libraries of the system that are missing. Their names on Debian: " + " ".join(missing))
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        stop("Qt needs libraries of the system that are missing. Install them:", "sudo " + " ".join(install))
    say("Installing system libraries: " + " ".join(missing))
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    if not succeeds(install):
        run(["apt-get", "update"], "The list of Debian's packages could not be fetched.")
        run(install, "Debian's packages could not be installed.")


def missing_packages() -> list[str]:
    """Return the Debian packages of the libraries that this screen needs and that do not load."""
    if not sys.platform.startswith("linux"):
        return []
    needed = dict(OFFSCREEN)
    if os.environ.get("DISPLAY"):
        needed.update(X11)
    if os.environ.get("WAYLAND_DISPLAY"):
        needed.update(WAYLAND)
    return [package for library, package in needed.items() if not loads(library)]


def loads(library: str) -> bool:
    """Tell whether the system's loader finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def compile_translations() -> None:
    """Compile each catalogue that is newer than its compiled form."""
    for source in sorted((ROOT / "resources" / "locale").glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            say(f"Compiling translations: {source.parent.parent.name}")
            babel = [str(python()), "-m", "babel.messages.frontend", "compile"]
            run([*babel, "-i", str(source), "-o", str(compiled)], f"{source} could not be compiled.")


def python() -> Path:
    """Return the Python of .venv, which may not be there yet."""
    return VENV / "Scripts" / "python.exe" if WINDOWS else VENV / "bin" / "python"


def has_pip(interpreter: str) -> bool:
    """Tell whether this Python has pip."""
    return succeeds([interpreter, "-m", "pip", "--version"])


def succeeds(command: Sequence[str]) -> bool:
    """Run the command, its output into the log; tell whether it succeeded."""
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("ab") as log:
        try:
            done = subprocess.run(command, stdout=log, stderr=log, check=False, cwd=ROOT)
        except OSError:
            return False
    return done.returncode == 0


def run(command: Sequence[str], failure: str) -> None:
    """Run the command; stop with the sentence and the end of the log when it fails."""
    before = LOG.stat().st_size if LOG.exists() else 0
    if not succeeds(command):
        said = LOG.read_bytes()[before:].decode("utf-8", "replace").splitlines()[-12:]
        stop(failure, *said, f"All of it: {LOG}")


def say(text: str) -> None:
    """Print one line for one step."""
    print(f"· {text}", flush=True)


def stop(*lines: str) -> NoReturn:
    """Print what is wrong and what to do next, and end."""
    print("\n".join(lines), file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
