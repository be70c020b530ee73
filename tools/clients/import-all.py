"""Imports every module of the packages that are named, and says how many there are."""

import importlib
import pkgutil
import sys

for name in sys.argv[1:]:
    package = importlib.import_module(name)
    modules = [module.name for module in pkgutil.walk_packages(package.__path__, name + '.')]
    for module in modules:
        importlib.import_module(module)
    if not modules:
        raise SystemExit('no module in ' + name)
    print(f'ok: {len(modules)} modules of {name}')
