"""A relay board with eight door contacts, played by pymodbus: `relay_board.py tcp|rtu|rtu-over-tcp`.

Prints where it is reached, then serves until its input ends. A pulse opens its door; a second later somebody shuts it.
"""

import asyncio
import os
import sys
import threading
import time
import tty

from pymodbus import FramerType
from pymodbus.datastore import ModbusDeviceContext, ModbusSequentialDataBlock, ModbusServerContext
from pymodbus.server import ModbusSerialServer, ModbusTcpServer

FLASH_ON = 0x0200
SHUT_AFTER_S = 1.0

pulsed_at = {}


def watch_doors(sending, pdu):
    """Doors between the frames: pymodbus still reads and writes every byte."""
    if not sending and pdu.function_code == 5 and FLASH_ON <= pdu.address < FLASH_ON + 8:
        pulsed_at[pdu.address - FLASH_ON] = time.monotonic()
    if sending and pdu.function_code == 2:
        for index, at in pulsed_at.items():
            pdu.bits[index] = time.monotonic() - at > SHUT_AFTER_S
    return pdu


def bridge(one, other):
    def copy(source, target):
        while True:
            try:
                os.write(target, os.read(source, 256))
            except OSError:
                time.sleep(0.01)

    for ends in ((one, other), (other, one)):
        threading.Thread(target=copy, args=ends, daemon=True).start()


def serial_pair():
    pairs = [os.openpty() for _ in range(2)]
    for _, port in pairs:
        tty.setraw(port)
    bridge(pairs[0][0], pairs[1][0])
    return [os.ttyname(port) for _, port in pairs]


async def main(kind):
    device = ModbusDeviceContext(
        di=ModbusSequentialDataBlock(1, [True] * 8),
        co=ModbusSequentialDataBlock(1, [False] * (FLASH_ON + 16)),
        hr=ModbusSequentialDataBlock(1, [0] * (0x1000 + 16)),
    )
    context = ModbusServerContext(devices={1: device}, single=False)
    if kind == "rtu":
        ours, theirs = serial_pair()
        server = ModbusSerialServer(context, framer=FramerType.RTU, port=ours, baudrate=9600, trace_pdu=watch_doors)
        reached = theirs
        await server.serve_forever(background=True)
    else:
        framer = FramerType.SOCKET if kind == "tcp" else FramerType.RTU
        server = ModbusTcpServer(context, framer=framer, address=("127.0.0.1", 0), trace_pdu=watch_doors)
        await server.serve_forever(background=True)
        port = server.transport.sockets[0].getsockname()[1]
        reached = f"127.0.0.1:{port}"
    print(reached, flush=True)
    await asyncio.to_thread(sys.stdin.read)
    os._exit(0)


asyncio.run(main(sys.argv[1]))
