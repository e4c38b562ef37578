"""``python -m filmld`` is the ``filmld`` command."""

from filmld.cli.main import main

if __name__ == "__main__":
    main()
