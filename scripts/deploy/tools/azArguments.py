"""Writes scripts/test/azArguments.json: which options each az command that we use takes, in the installed Azure CLI.

    python3 -m venv .venv && .venv/bin/pip install azure-cli
    .venv/bin/python scripts/deploy/tools/azArguments.py scripts/test/azArguments.json

The commands are those of the file that is already there; a new one is added to it by hand as "the command": {}.
"""

import json
import sys

from azure.cli.core import __version__, get_default_cli
from azure.cli.core.file_util import create_invoker_and_load_cmds_and_args

path = sys.argv[1]
with open(path, encoding="utf-8") as file:
    wanted = json.load(file)["commands"]

cli = get_default_cli()
create_invoker_and_load_cmds_and_args(cli)
table = cli.invocation.commands_loader.command_table

# What the parser of every command takes besides its own arguments.
everywhere = {"--output -o": "optional", "--query": "optional", "--only-show-errors": "flag"}

# Parameters of the functions behind the commands, which no caller can give, and what is in preview on every command.
HIDDEN = {"cmd", "handle_extended_json_format"}
UNUSED = ("--___", "--acquire-policy-token", "--change-reference")


def describe(command):
    """Spellings of each option, longest first, and how it is given."""
    described = {}
    for destination, argument in table[command].arguments.items():
        settings = argument.type.settings
        names = [name for name in settings.get("options_list") or [] if isinstance(name, str)]
        names = [name for name in names if not name.startswith(UNUSED)]
        if not names or destination in HIDDEN:
            continue
        need = "required" if settings.get("required") else "optional"
        if settings.get("action") in ("store_true", "store_false"):
            need = "flag"
        choices = "|".join(sorted(map(str, settings.get("choices") or [])))
        described[" ".join(sorted(names, key=len, reverse=True))] = f"{need} {choices}".strip()
    return dict(sorted(described.items()))


with open(path, "w", encoding="utf-8") as file:
    json.dump(
        {
            "azureCli": __version__,
            "everywhere": everywhere,
            "commands": {command: describe(command) for command in sorted(wanted)},
        },
        file,
        indent=2,
    )
    file.write("\n")
