"""`python -m openslate`, where the command is not on the path."""

from openslate.cli.main import main

if __name__ == "__main__":
    main()
