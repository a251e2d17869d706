"""A print system of one's own: a real cupsd over a folder, with printers that can be jammed.

Each queue hands its job to a small backend which lays the sheets into a tray (a folder), or waits
with the reason that stands in the tray's file ``trouble``, as a printer does that ran out of paper.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from integrations.devices.cups import CupsPrinters
from integrations.devices.ipp import IppServer

CUPS = Path("/usr/lib/cups")
MIME = Path("/usr/share/cups/mime")

_BACKEND = """#!/bin/sh
# Called by cupsd as: job user title copies options [file]; without anything it names its devices.
[ $# -eq 0 ] && exit 0
tray=${DEVICE_URI#tray:}
sheets=$tray/.$1
if [ $# -ge 6 ]; then cat "$6" >"$sheets"; else cat >"$sheets"; fi
said=
while [ -s "$tray/trouble" ]; do
    now=$(cat "$tray/trouble")
    [ "$now" = stop ] && exit 4
    [ "$now" = fail ] && exit 1
    [ "$now" = "$said" ] || printf 'STATE: +%s\\n' "$now" >&2
    said=$now
    sleep 0.05
done
[ -z "$said" ] || printf 'STATE: -%s\\n' "$said" >&2
mv "$sheets" "$tray/$1-$4.pdf"
"""

_FILES = """
ServerRoot {home}/root
ServerBin {home}/bin
DataDir {home}/data
RequestRoot {home}/spool
TempDir {home}/tmp
CacheDir {home}/cache
StateDir {home}/state
AccessLog {home}/log/access
ErrorLog {home}/log/error
PageLog {home}/log/page
SystemGroup root
"""

_SERVER = """
Listen {home}/sock
LogLevel warn
Browsing No
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit Cancel-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

_QUEUE = """
<Printer {name}>
DeviceURI tray:{tray}
State {state}
Accepting {accepting}
ErrorPolicy {policy}
</Printer>
"""

_LETTER_ONLY = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "LETTER.PPD"
*Manufacturer: "Example"
*Product: "(Example)"
*ModelName: "Letter only"
*ShortNickName: "Letter only"
*NickName: "Letter only"
*PSVersion: "(3010) 0"
*cupsFilter: "application/pdf 0 -"
*OpenUI *PageSize/Page Size: PickOne
*DefaultPageSize: Letter
*PageSize Letter/Letter: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: Letter
*PageRegion Letter/Letter: ""
*CloseUI: *PageRegion
*DefaultImageableArea: Letter
*ImageableArea Letter/Letter: "0 0 612 792"
*DefaultPaperDimension: Letter
*PaperDimension Letter/Letter: "612 792"
"""


class CupsHall:
    """A running cupsd with the queues ``laser``, ``hall``, ``paused``, ``closed`` and ``letter``."""

    def __init__(self, home: Path) -> None:
        self.home = home
        for folder in ("root/ppd", "bin/backend", "data/mime", "spool", "tmp", "cache", "state"):
            (home / folder).mkdir(parents=True)
        (home / "log").mkdir()
        for part in ("daemon", "notifier"):
            (home / "bin" / part).symlink_to(CUPS / part)
        (home / "data/mime/mime.types").symlink_to(MIME / "mime.types")
        backend = home / "bin/backend/tray"
        backend.write_text(_BACKEND)
        backend.chmod(0o700)  # readable by nobody else: run as whoever runs cupsd
        queues = (
            ("laser", "Idle", "Yes"),
            ("hall", "Idle", "Yes"),
            ("paused", "Stopped", "Yes"),
            ("closed", "Idle", "No"),
            ("letter", "Idle", "Yes"),
        )
        (home / "root/ppd/letter.ppd").write_text(_LETTER_ONLY)
        (home / "root/printers.conf").write_text(
            "".join(self._queue(name, state, accepting) for name, state, accepting in queues)
        )
        self._files = home / "root/cups-files.conf"
        self._conf = home / "root/cupsd.conf"
        self._files.write_text(_FILES.format(home=home))
        self._conf.write_text(_SERVER.format(home=home))
        self.server = IppServer(path=str(home / "sock"))
        self.printers = CupsPrinters(self.server)

    def _queue(self, name: str, state: str, accepting: str) -> str:
        tray = self.home / "trays" / name
        tray.mkdir(parents=True)
        policy = "abort-job" if name == "hall" else "stop-printer"
        return _QUEUE.format(name=name, tray=tray, state=state, accepting=accepting, policy=policy)

    def start(self) -> None:
        """Start cupsd; it goes behind once it listens."""
        program = shutil.which("cupsd", path=f"{os.environ['PATH']}:/usr/sbin")
        assert program, "cups-daemon is not installed; ./desk test does so"
        command = [program, "-c", str(self._conf), "-s", str(self._files)]
        subprocess.run(command, check=True, timeout=30, capture_output=True)

    def stop(self) -> None:
        """End it."""
        os.kill(int((self.home / "state/cupsd.pid").read_text()), signal.SIGTERM)

    def trouble(self, queue: str, reason: str) -> None:
        """Let a printer wait with this reason; empty: it goes on."""
        (self.home / "trays" / queue / "trouble").write_text(reason)

    def sheets(self, queue: str) -> Sequence[Path]:
        """What came out of a printer, by the number of its job."""
        return sorted((self.home / "trays" / queue).glob("*.pdf"))
