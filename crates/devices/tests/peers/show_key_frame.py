"""Decodes a file of H.264 with OpenCV: `show_key_frame.py FILE`. Prints height, width, and how many pixels are brown as a parcel."""

import sys

import cv2
import numpy

shown, picture = cv2.VideoCapture(sys.argv[1]).read()
if not shown:
    sys.exit("no picture in it")
# OpenCV keeps blue first.
near = numpy.abs(picture.astype(int) - [62, 122, 176]).max(axis=2) < 12
print(picture.shape[0], picture.shape[1], int(near.sum()))
