"""Any Rasa command in the lean runtime: `pmo-coach rasa train`, `shell`, `data validate`, `test`, `run` ..."""

import sys
from collections.abc import Sequence

from bot.runtime import lean


def run_rasa(arguments: Sequence[str]) -> int:
    """Run Rasa's own command line with these arguments and return its exit code."""
    lean.prepare()
    import rasa.__main__

    sys.argv = ["rasa", *arguments]
    try:
        rasa.__main__.main()
    except SystemExit as exc:
        return exc.code if isinstance(exc.code, int) else int(bool(exc.code))
    except Exception as exc:
        refusal = lean.missing_tensorflow(exc)
        if refusal is None:
            raise
        raise refusal from exc
    return 0
