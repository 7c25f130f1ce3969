"""A reader played by libosdp: `osdp_reader.py KEY`, the key as 32 hexadecimal digits; `new` for a reader that has none yet, `plain` for
one that knows no secure channel.

Prints the serial port it is reached at, then each order it was given, until its input ends. A line `card` or `key` of its input holds
a card to it or presses a key.
"""

import os
import sys
import threading
import tty

from osdp import Capability, CardFormat, Channel, Command, Event, LibFlag, LogLevel, PDCapabilities, PDInfo, PeripheralDevice

ADDRESS = 5


class Terminal(Channel):
    def __init__(self):
        super().__init__()
        self.ours, theirs = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(self.ours, False)
        self.theirs = theirs
        self.name = os.ttyname(theirs)

    def read(self, max_bytes):
        try:
            return os.read(self.ours, max_bytes)
        except BlockingIOError:
            return b""

    def write(self, buf):
        return os.write(self.ours, buf)

    def flush(self):
        pass


def say(words):
    print(words, flush=True)


def obey(command):
    if command["command"] == Command.Output:
        say(f"output {command['output_no']} code {command['control_code']} for {command['timer_count']}")
    elif command["command"] == Command.LED:
        say(f"light {command['on_color']}")
    elif command["command"] == Command.Buzzer:
        say("tone")
    return 0, None


key = sys.argv[1]
terminal = Terminal()
info = PDInfo(
    ADDRESS,
    terminal,
    scbk=None if key in ("new", "plain") else bytes.fromhex(key),
    name="reader",
    flags={"new": [LibFlag.InstallMode], "plain": []}.get(key, [LibFlag.EnforceSecure]),
)
abilities = PDCapabilities(
    [
        (Capability.OutputControl, 4, 1),
        (Capability.LEDControl, 1, 1),
        (Capability.AudibleControl, 1, 1),
        (Capability.CommunicationSecurity, 1, 1),
        (Capability.ContactStatusMonitoring, 1, 2),
    ]
)
reader = PeripheralDevice(info, abilities, log_level=LogLevel.Emergency, command_handler=obey)
reader.start()
say(terminal.name)
for line in sys.stdin:
    if line.strip() == "card":
        reader.submit_event(
            {
                "event": Event.CardRead,
                "reader_no": 0,
                "direction": 0,
                "format": CardFormat.Wiegand,
                "length": 26,
                "data": bytes([0x12, 0x34, 0x56, 0x80]),
            }
        )
    elif line.strip() == "key":
        reader.submit_event({"event": Event.KeyPress, "reader_no": 0, "data": b"7"})
os._exit(0)
