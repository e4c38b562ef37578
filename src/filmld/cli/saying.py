"""Saying something, without a library wherever none is needed."""

import sys


def say(text: str, *, err: bool = False, end: str = "\n") -> None:
    """Print a text at once.

    :func:`click.echo` knows what to do with consoles of Windows, and with streams that cannot write all
    letters or are none. To import it takes a seventh of a check of one record, so it is asked only where
    there are such.

    Args:
        text: The text; it is coloured only where that can be seen.
        err: Whether it goes to standard error.
        end: What follows it.
    """
    stream = sys.stderr if err else sys.stdout
    is_plain = text.isascii() or getattr(stream, "encoding", "") == "utf-8"
    if stream is None or sys.platform == "win32" or not is_plain:
        import click

        click.echo(text + end, nl=False, err=err)
        return
    stream.write(text + end)
    stream.flush()
