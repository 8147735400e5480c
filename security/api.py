"""`make schemathesis`: does the server do what docs/openapi.yaml says, whatever it is sent?

It serves a coach of its own and has schemathesis, in .venv-tools, send what the description allows and what it
forbids. What it is told beside that is in security/schemathesis.toml and security/api_hooks.py.
"""

import os
import subprocess
import sys

from bot.runtime.settings import project_root
from security.serving import served_coach

PROGRAM = ".venv-tools/bin/schemathesis"


def main(arguments: list[str]) -> int:
    """Run schemathesis against a coach; `arguments` are added to its command (-n 500, say). Returns its exit code."""
    root = project_root()
    document = root / "docs/openapi.yaml"
    with served_coach() as url:
        command = [str(root / PROGRAM), "--config-file", str(root / "security/schemathesis.toml")]
        command += ["run", str(document), "--url", url, *arguments]
        told = {
            "PYTHONPATH": str(root),
            "SECURITY_API_URL": url,
            "SECURITY_API_DOCUMENT": str(document),
            "SECURITY_API_HOOKS": str(root / "security/api_hooks.py"),
        }
        return subprocess.run(command, env={**os.environ, **told}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
