"""
Prints how many pages the PDF on standard input has; a program of its own.

A PDF can be made so that reading it never ends or fills the memory: whoever starts this
loses nothing when it does. It imports nothing of the portal, so that it starts quickly.
"""

import logging
import resource
import sys
from io import BytesIO

from pypdf import PdfReader

SECONDS = 3  # of the processor
MEMORY = 512 * 1024 * 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.disable()  # what is odd about the file is nobody's news
    print(len(PdfReader(BytesIO(sys.stdin.buffer.read())).pages))


if __name__ == "__main__":
    main()
