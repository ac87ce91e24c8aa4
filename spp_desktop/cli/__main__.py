"""``python -m spp_desktop.cli`` is the command line, where there is no program ``spp``."""

from spp_desktop.cli import main

if __name__ == "__main__":
    main()
