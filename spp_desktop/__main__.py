"""``python -m spp_desktop`` opens the window."""

import sys

from spp_desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
