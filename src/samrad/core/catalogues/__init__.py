"""The catalogues of texts: `python -m samrad.core.catalogues extract|compile|check`.

English in the code, bokmål and nynorsk beside it, one catalogue for each room and language. In Python only
(Babel), so nobody needs the gettext programs. The files hold no dates and no line numbers: a change shows
what changed.
"""

from samrad.core.catalogues.files import compile_all

__all__ = ["compile_all"]
