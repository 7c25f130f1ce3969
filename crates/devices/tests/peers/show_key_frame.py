"""Decodes a file of H.264 with OpenCV: `show_key_frame.py FILE RED GREEN BLUE NEAR`. Prints height, width, and how many pixels
differ from that colour by less than NEAR."""

import sys

import cv2
import numpy

shown, picture = cv2.VideoCapture(sys.argv[1]).read()
if not shown:
    sys.exit("no picture in it")
red, green, blue, near = map(int, sys.argv[2:])
# OpenCV keeps blue first.
found = numpy.abs(picture.astype(int) - [blue, green, red]).max(axis=2) < near
print(picture.shape[0], picture.shape[1], int(found.sum()))
