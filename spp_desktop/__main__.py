"""``python -m spp_desktop`` opens the window."""

from spp_desktop.app import main

if __name__ == "__main__":
    main()
