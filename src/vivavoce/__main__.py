"""`python -m vivavoce` is the command line."""

from vivavoce.surfaces.cli import main

if __name__ == "__main__":
    main()
