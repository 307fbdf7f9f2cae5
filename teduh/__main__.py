"""`python -m teduh` is the command `teduh`."""

from teduh.cli.main import main

if __name__ == "__main__":
    main()
