"""Regular expressions that are compiled at their first use.

To compile one takes up to half a millisecond, a hundred times as long as to use it. There are some 150, and a
check of one record that was saved needs twenty: the others would be a tenth of all that it takes.
"""

import re
from typing import cast, overload


class _Later:
    """Stands for a regular expression until somebody wants anything of it."""

    def __init__(self, text: str | bytes, flags: re.RegexFlag) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Give what the compiled one has by a name, and keep it: the next use does not come here."""
        found: object = getattr(re.compile(self.pattern, self._flags), name)
        self.__dict__[name] = found
        return found


@overload
def regex(text: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]: ...
@overload
def regex(text: bytes, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[bytes]: ...
def regex(text: str | bytes, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str] | re.Pattern[bytes]:
    """Make a regular expression, to be compiled when it is used.

    >>> regex("[a-z]+").findall("to be")
    ['to', 'be']

    Args:
        text: The regular expression.
        flags: As for :func:`re.compile`.
    """
    return cast("re.Pattern[str]", _Later(text, flags))
