"""Starts the program from a checkout that is set up: python main.py."""

import sys

from kushen_desktop.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
