"""docs/kinds.md: the kinds table, as the program itself prints it."""
import subprocess
import sys

sys.stdout.write(subprocess.run([sys.argv[1], "kinds", "-o", "markdown"], check=True, capture_output=True, text=True).stdout)
