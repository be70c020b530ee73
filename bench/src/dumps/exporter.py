"""Runs discogs-xml2db's exporter and says what that took: exporter.py <its folder> <records> <argument>..."""
import json
import os
import resource
import runpy
import sys

folder, records = sys.argv[1], int(sys.argv[2])
sys.argv = ["run.py"] + sys.argv[3:]
sys.path.insert(0, folder)
try:
    runpy.run_path(os.path.join(folder, "run.py"), run_name="__main__")
except SystemExit as end:
    if end.code:
        raise
usage = resource.getrusage(resource.RUSAGE_SELF)
micros = (usage.ru_utime + usage.ru_stime) * 1e6
print(json.dumps({"records": records, "cpuMicros": micros, "peakBytes": usage.ru_maxrss * 1024}))
