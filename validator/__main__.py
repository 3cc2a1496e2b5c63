"""`python -m validator` is the same command as `leadcheck`."""

from validator.cli import main

if __name__ == "__main__":
    main()
