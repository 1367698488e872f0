"""``python -m graph_build.cli``."""

from . import main

if __name__ == "__main__":
    main()
