"""A camera played by ipycam, its ONVIF and its picture without its streams: `onvif_camera.py USER PASSWORD`.

Prints where it is reached, then serves until its input ends.
"""

import os
import socketserver
import sys
import threading

import numpy
from ipycam.camera import IPCamera
from ipycam.config import CameraConfig
from ipycam.http import IPCameraHTTPHandler


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


user, password = sys.argv[1:3]
camera = IPCamera(CameraConfig(local_ip="127.0.0.1", username=user, password=password))
IPCameraHTTPHandler.camera = camera
# A still life: the frames of a real camera come from a stream, which needs more programs.
camera._last_frame = numpy.full((480, 640, 3), 90, dtype=numpy.uint8)
server = Server(("127.0.0.1", 0), IPCameraHTTPHandler)
camera.config.onvif_port = server.server_address[1]
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"127.0.0.1:{server.server_address[1]}", flush=True)
sys.stdin.read()
os._exit(0)
